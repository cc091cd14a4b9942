/**
 * Adyen's drop-in with two ways to pay: controls as soon as they are drawn, where the fields inside would come from
 * Adyen's server. So would the list of ways to pay, which is given here.
 */
import { AdyenCheckout, Card, Dropin, Redirect } from '@adyen/adyen-web';
import '@adyen/adyen-web/styles/adyen.css';

const checkout = await AdyenCheckout({
  environment: 'test',
  clientKey: `test_${'A'.repeat(32)}`,
  countryCode: 'KR',
  locale: 'en-US',
  analytics: { enabled: false },
  amount: { value: 1000, currency: 'KRW' },
  paymentMethodsResponse: {
    paymentMethods: [
      { brands: ['visa', 'mc'], name: 'Cards', type: 'scheme' },
      { name: 'KakaoPay', type: 'kakaopay' },
    ],
  },
  onSubmit: () => undefined,
});
new Dropin(checkout, { paymentMethodComponents: [Card, Redirect], openFirstPaymentMethod: false }).mount(
  '#place',
);
