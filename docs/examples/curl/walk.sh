#!/usr/bin/env bash
# The merchant API from a shell: client tokens, accounts, a payment, a refund, and what is on record.
#   BFF_URL=http://localhost:4010 SECRET_KEY=sk_local_demo ./walk.sh
set -euo pipefail
BFF_URL="${BFF_URL:-http://localhost:4010}" SECRET_KEY="${SECRET_KEY:-sk_local_demo}"
CUSTOMER="${CUSTOMER:-customer-$RANDOM$RANDOM}" # your own id of the customer

# Prints the answer. Where it is no, prints it as an error and fails.
ask() {
  local answer
  answer=$(curl -sS --fail-with-body -H "Authorization: Bearer $SECRET_KEY" "$@") || {
    echo "$answer" >&2
    return 1
  }
  echo "$answer"
}
get() { ask "$BFF_URL$1"; }
# post PATH KEY BODY. The key names what you want to happen: whoever got no answer sends the same key and body again, and
# it does not happen twice.
post() { ask "$BFF_URL$1" -H "Idempotency-Key: $2" -H 'Content-Type: application/json' -d "$3"; }
# field NAME JSON: the first value of that name. With jq you would write: jq -r .NAME
field() { grep -oE "\"$1\":(\"[^\"]*\"|[0-9]+)" <<<"$2" | head -n 1 | cut -d : -f 2- | tr -d '"'; }

# 1. A client token for the page, and another one when the page is loaded again.
session=$(post /v1/onboarding-sessions "onboard-$CUSTOMER" "{\"customerId\":\"$CUSTOMER\"}")
session_id=$(field id "$session")
echo "Session $session_id with client token $(field clientToken "$session" | cut -c 1-8)…"
again=$(post "/v1/onboarding-sessions/$session_id/client-tokens" "reload-$CUSTOMER" '{}')
echo "After a reload the token is $(field clientToken "$again" | cut -c 1-8)…"

# 2. Accounts. A shell has no customer to guide, so this one is registered on written consent, in the testbed.
post "/v1/customers/$CUSTOMER/account-registrations" "register-$CUSTOMER" '{
  "bankCode": "088", "accountNumber": "110432109876", "holderName": "홍길동", "holderIdentity": "920315",
  "approval": { "method": "written" }
}' >/dev/null
accounts=$(get "/v1/customers/$CUSTOMER/accounts")
echo "Account $(field maskedAccountNumber "$accounts") is $(field status "$accounts")."

# 3. A payment. What is processing is not known yet: never pay again, ask, or wait for the webhook.
order="order-$CUSTOMER"
payment=$(post /v1/payments "$order" "{
  \"customerId\": \"$CUSTOMER\", \"bankCode\": \"088\", \"accountKey\": \"$(field accountKey "$accounts")\",
  \"amount\": 15000, \"orderNumber\": \"$order\", \"productName\": \"Two americanos\"
}")
payment_id=$(field id "$payment")
while [ "$(field status "$payment")" = processing ]; do
  sleep 5
  payment=$(get "/v1/payments/$payment_id")
done
echo "Payment $payment_id of $(field amount "$payment") won $(field status "$payment")."

# 4. A refund of a part.
refund=$(post "/v1/payments/$payment_id/refunds" "refund-$order" '{ "amount": 5000 }')
echo "Refund $(field id "$refund") of $(field amount "$refund") won $(field status "$refund")."

# 5. Inquiries: what the BFF knows of the payment, and what Hecto has on record.
payment=$(get "/v1/payments/$payment_id")
echo "Of the payment, $(field refundedAmount "$payment") won went back."
record=$(get "/v1/transactions?type=payment&orderNumber=$order&date=$(field orderDate "$payment")")
echo "On record at Hecto: $(field amount "$record") won, $(field status "$record")."
