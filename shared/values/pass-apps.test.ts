import { expect, test } from 'vitest';
import { passAppOf } from './pass-apps.ts';

test('who rents a network has the PASS app of that network', () => {
  expect(passAppOf('skt')).toEqual({
    url: 'tauthlink://',
    storeUrl: 'market://details?id=com.sktelecom.tauth',
    appStoreUrl: 'https://apps.apple.com/kr/app/id1141258007',
  });
  expect(passAppOf('lgu-mvno')).toEqual(passAppOf('lgu'));
});
