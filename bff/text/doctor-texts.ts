import type { Locale } from '../../shared/api/state.ts';
import { fill } from '../../shared/values/fill.ts';

/** `fault`: it does not work, or must not go on like this. `warning`: it works, and somebody should know. */
export type FindingState = 'ok' | 'warning' | 'fault';

/** What was found and, where something is to be done, what. */
type Words = readonly [text: string, advice?: string];
type Entry = Readonly<Record<Locale, Words>> & { readonly state: FindingState };

const ok = (en: string, ko: string) => ({ state: 'ok', en: [en], ko: [ko] }) as const;
const warning = (en: Required<Words>, ko: Required<Words>) => ({ state: 'warning', en, ko }) as const;
const fault = (en: Required<Words>, ko: Required<Words>) => ({ state: 'fault', en, ko }) as const;

/** Everything that `doctor` can find, by what it looked at. */
const findings = {
  'configuration.fine': ok(
    'Every variable is allowed. HECTO_ENV is {env}.',
    '모든 변수를 쓸 수 있어요. HECTO_ENV: {env}.',
  ),
  'configuration.variable': fault(
    [
      '{variable} {allowed}.',
      'Set it in the environment; a secret may stand in a file instead, which the same name with _FILE gives.',
    ],
    [
      '{variable}: {rule} ({allowed})',
      '환경 변수를 고치세요. 비밀 값은 이름 뒤에 _FILE을 붙인 변수가 가리키는 파일에 넣어도 돼요.',
    ],
  ),
  'configuration.hides-the-rest': warning(
    ['Nothing else was looked at.', 'Run doctor again when the variables are right.'],
    ['나머지는 살펴보지 못했어요.', '변수를 고친 다음 doctor를 다시 실행하세요.'],
  ),
  'configuration.public-merchant': warning(
    [
      "Hecto's testbed is called as the public merchant of its documents, not as you.",
      'Set HECTO_MERCHANT_ID, HECTO_AES_KEY and HECTO_HASH_KEY to those Hecto gave you for its testbed.',
    ],
    [
      '헥토 테스트베드를 귀사가 아니라 문서에 공개된 가맹점으로 호출해요.',
      'HECTO_MERCHANT_ID, HECTO_AES_KEY, HECTO_HASH_KEY를 헥토가 준 테스트베드 값으로 바꾸세요.',
    ],
  ),

  'clock.database-agrees': ok(
    'The clock agrees with the database within {seconds} s.',
    '시계가 데이터베이스와 {seconds}초 안에서 맞아요.',
  ),
  'clock.ahead-of-database': fault(
    [
      "This machine's clock is {seconds} s ahead of the database's: here it is {time}.",
      'Switch on time synchronisation (NTP) on both machines.',
    ],
    [
      '이 컴퓨터의 시계가 데이터베이스보다 {seconds}초 빨라요. 여기는 {time}이에요.',
      '두 컴퓨터 모두 시각 동기화(NTP)를 켜세요.',
    ],
  ),
  'clock.behind-database': fault(
    [
      "This machine's clock is {seconds} s behind the database's: here it is {time}.",
      'Switch on time synchronisation (NTP) on both machines.',
    ],
    [
      '이 컴퓨터의 시계가 데이터베이스보다 {seconds}초 느려요. 여기는 {time}이에요.',
      '두 컴퓨터 모두 시각 동기화(NTP)를 켜세요.',
    ],
  ),
  'database.answers': ok('PostgreSQL {version} answers.', 'PostgreSQL {version}에 연결돼요.'),
  'database.old': warning(
    [
      'PostgreSQL {version} is older than {oldest}, with which this was tested.',
      'Plan an upgrade of PostgreSQL.',
    ],
    [
      '이 PostgreSQL({version})은 시험한 버전({oldest} 이상)보다 오래됐어요.',
      'PostgreSQL 업그레이드를 계획하세요.',
    ],
  ),
  'database.standby': fault(
    ['DATABASE_URL leads to a standby, which only reads.', 'Give the address of the primary.'],
    ['DATABASE_URL이 읽기만 되는 대기 서버를 가리켜요.', '주 서버의 주소를 넣으세요.'],
  ),
  'database.encoding': fault(
    [
      'The database keeps {encoding}, not UTF8: Korean terms cannot be stored.',
      'Create one with ENCODING UTF8.',
    ],
    [
      '데이터베이스 인코딩이 UTF8이 아니라서({encoding}) 한국어 약관을 저장할 수 없어요.',
      'ENCODING UTF8로 새로 만드세요.',
    ],
  ),
  'database.embedded': warning(
    [
      'The embedded database serves one process, and nobody backs it up.',
      'Set DATABASE_URL to a PostgreSQL server (postgres://…).',
    ],
    [
      '내장 데이터베이스는 한 프로세스만 쓸 수 있고 백업이 없어요.',
      'DATABASE_URL에 PostgreSQL 서버(postgres://…)를 넣으세요.',
    ],
  ),
  'database.in-use': warning(
    [
      'The embedded database belongs to a BFF that runs; it was not looked into.',
      'Stop that BFF to look into it.',
    ],
    ['내장 데이터베이스를 실행 중인 BFF가 쓰고 있어 살펴보지 못했어요.', '살펴보려면 그 BFF를 멈추세요.'],
  ),
  'database.no-name': fault(
    [
      'The host of {variable} is unknown.',
      'Correct the host name, or mend the name service (DNS) of this machine.',
    ],
    ['{variable}의 호스트 이름을 찾을 수 없어요.', '호스트 이름을 고치거나 이 컴퓨터의 DNS를 확인하세요.'],
  ),
  'database.no-connection': fault(
    [
      'Nothing answers at the host and port of {variable}.',
      'Start PostgreSQL, correct the port, or open the firewall between this machine and it.',
    ],
    [
      '{variable}의 호스트와 포트에서 응답이 없어요.',
      'PostgreSQL을 시작하거나, 포트를 고치거나, 방화벽을 여세요.',
    ],
  ),
  'database.no-login': fault(
    [
      'PostgreSQL does not let the role of {variable} in.',
      "Correct the role's name and password, or pg_hba.conf.",
    ],
    [
      'PostgreSQL이 {variable}의 역할을 받아들이지 않아요.',
      '역할 이름과 비밀번호, 또는 pg_hba.conf를 고치세요.',
    ],
  ),
  'database.no-database': fault(
    [
      'PostgreSQL has no database of the name in {variable}.',
      'Create it (CREATE DATABASE), or correct the name.',
    ],
    [
      '{variable}에 적힌 이름의 데이터베이스가 없어요.',
      '데이터베이스를 만들거나(CREATE DATABASE) 이름을 고치세요.',
    ],
  ),
  'database.error': fault(
    [
      'PostgreSQL refuses to work with {variable}: error {code}.',
      'Look the code up in the log of PostgreSQL.',
    ],
    ['{variable}로 작업하다가 PostgreSQL 오류 {code}가 났어요.', 'PostgreSQL 로그에서 이 코드를 찾아보세요.'],
  ),
  'connections.enough': ok(
    'There is room for {room} connections: {instances} instances.',
    '연결 {room}개, 곧 인스턴스 {instances}개가 들어갈 수 있어요.',
  ),
  'connections.one-instance': warning(
    [
      'There is room for {room} connections: one instance ({needed} connections) and not a second one beside it.',
      'Raise max_connections, or the limit of the role or database, before a rolling deploy.',
    ],
    [
      '연결 {room}개가 남아 인스턴스 하나({needed}개)만 들어가고 두 번째는 들어가지 않아요.',
      '하나씩 교체하며 배포하기 전에 max_connections나 역할, 데이터베이스의 한도를 올리세요.',
    ],
  ),
  'connections.too-few': fault(
    [
      'There is room for {room} connections, and one instance needs {needed}.',
      'Raise max_connections, or the limit of the role or database.',
    ],
    [
      '연결이 {room}개만 남았는데 인스턴스 하나에 {needed}개가 필요해요.',
      'max_connections나 역할, 데이터베이스의 한도를 올리세요.',
    ],
  ),
  'schema.current': ok('The schema is up to date.', '스키마가 최신이에요.'),
  'schema.newer': warning(
    [
      'The schema is of a newer version than this one.',
      'Fine during a rollback; otherwise start the newer version.',
    ],
    ['스키마가 이 버전보다 새로워요.', '되돌리는 중이면 괜찮아요. 아니면 새 버전을 실행하세요.'],
  ),
  'schema.older': warning(
    [
      'The schema is of an older version, or empty.',
      'The next start brings it up to date, as npm run migrate does. Make a backup first.',
    ],
    [
      '스키마가 이전 버전이거나 비어 있어요.',
      '다음에 시작할 때, 또는 npm run migrate로 최신이 돼요. 먼저 백업하세요.',
    ],
  ),
  'schema.older-for-good': fault(
    [
      'The schema is of an older version, or empty, and the role of DATABASE_URL may not change it.',
      "Run npm run migrate with the owner's address in DATABASE_MIGRATION_URL.",
    ],
    [
      '스키마가 이전 버전이거나 비어 있는데 DATABASE_URL의 역할은 바꿀 수 없어요.',
      'DATABASE_MIGRATION_URL에 소유자의 주소를 넣고 npm run migrate를 실행하세요.',
    ],
  ),
  'role.defines-nothing': ok(
    'The role of DATABASE_URL has its rights and can define nothing.',
    'DATABASE_URL의 역할은 필요한 권한만 있고 아무것도 정의할 수 없어요.',
  ),
  'role.powerful': warning(
    [
      'The role of DATABASE_URL may define things or owns the tables: whoever takes over the BFF could rewrite the ledger.',
      'Give the BFF a role of its own: docs/decisions/0010-a-role-that-defines-nothing.md.',
    ],
    [
      'DATABASE_URL의 역할이 무언가를 정의할 수 있거나 테이블을 소유해요. BFF를 빼앗은 사람이 원장을 고칠 수 있어요.',
      'BFF만의 역할을 만드세요: docs/decisions/0010-a-role-that-defines-nothing.md.',
    ],
  ),
  'role.owner-refused': fault(
    [
      'DATABASE_MIGRATION_URL is set, and still the role of DATABASE_URL may define things: the BFF does not start like this.',
      'Let DATABASE_URL name a role that owns nothing and can create nothing.',
    ],
    [
      'DATABASE_MIGRATION_URL이 있는데도 DATABASE_URL의 역할이 무언가를 정의할 수 있어 BFF가 시작하지 않아요.',
      'DATABASE_URL에는 아무것도 소유하지 않고 만들 수 없는 역할을 넣으세요.',
    ],
  ),
  'role.no-rights': fault(
    [
      'The role of DATABASE_URL has no rights yet.',
      "Run npm run migrate with the owner's address in DATABASE_MIGRATION_URL: it gives them.",
    ],
    [
      'DATABASE_URL의 역할에 아직 권한이 없어요.',
      'DATABASE_MIGRATION_URL에 소유자의 주소를 넣고 npm run migrate를 실행하면 권한을 줘요.',
    ],
  ),
  'role.rights-missing': fault(
    [
      'The role of DATABASE_URL lacks rights: {rights}.',
      "Run npm run migrate with the owner's address in DATABASE_MIGRATION_URL: it gives them.",
    ],
    [
      'DATABASE_URL의 역할에 없는 권한이 있어요: {rights}.',
      'DATABASE_MIGRATION_URL에 소유자의 주소를 넣고 npm run migrate를 실행하면 권한을 줘요.',
    ],
  ),
  'keys.open-everything': ok(
    'DATA_KEYS opens what the database holds; the first is {id}.',
    'DATA_KEYS로 데이터베이스의 값을 열 수 있어요. 첫 키: {id}.',
  ),
  'keys.missing': fault(
    [
      'The database was written with the data key {id}, which DATA_KEYS does not hold: nothing in it can be read.',
      'Put {id} back into DATA_KEYS from your backup. There is no other way to open it.',
    ],
    [
      '데이터베이스를 쓸 때의 데이터 키({id})가 DATA_KEYS에 없어서 아무것도 읽을 수 없어요.',
      '백업에 있는 그 키({id})를 DATA_KEYS에 되돌려 넣으세요. 다른 방법으로는 열 수 없어요.',
    ],
  ),
  'keys.other-bytes': fault(
    [
      'DATA_KEYS holds a key called {id}, yet with other bytes than the one the database was written with.',
      'Put the right bytes of {id} back from your backup. A new key needs a new id.',
    ],
    [
      'DATA_KEYS의 키({id})가 데이터베이스를 쓸 때의 값과 달라요.',
      '백업에 있는 올바른 값을 되돌려 넣으세요. 새 키에는 새 이름을 쓰세요.',
    ],
  ),

  'clock.hecto-agrees': ok(
    "The clock agrees with Hecto's within {seconds} s. In Korea it is {time}.",
    '시계가 헥토와 {seconds}초 안에서 맞아요. 한국은 {time}이에요.',
  ),
  'clock.ahead-of-hecto': fault(
    [
      "This machine's clock is {seconds} s ahead of Hecto's: here it is {time}, and every call says so.",
      'Switch on time synchronisation (NTP).',
    ],
    [
      '이 컴퓨터의 시계가 헥토보다 {seconds}초 빨라요. 여기는 {time}이고, 모든 요청에 이 시각이 들어가요.',
      '시각 동기화(NTP)를 켜세요.',
    ],
  ),
  'clock.behind-hecto': fault(
    [
      "This machine's clock is {seconds} s behind Hecto's: here it is {time}, and every call says so.",
      'Switch on time synchronisation (NTP).',
    ],
    [
      '이 컴퓨터의 시계가 헥토보다 {seconds}초 느려요. 여기는 {time}이고, 모든 요청에 이 시각이 들어가요.',
      '시각 동기화(NTP)를 켜세요.',
    ],
  ),
  'clock.hecto-untold': warning(
    [
      'Hecto did not tell its time, so the clocks were not compared.',
      'Make sure that time synchronisation (NTP) is on.',
    ],
    ['헥토가 시각을 알려 주지 않아 시계를 비교하지 못했어요.', '시각 동기화(NTP)가 켜져 있는지 확인하세요.'],
  ),
  'hecto.reached': ok(
    'Hecto ({host}) is reached: name, connection and certificate are right.',
    '헥토({host})에 연결돼요. 이름, 연결, 인증서가 맞아요.',
  ),
  'hecto.no-name': fault(
    [
      'The name {host} is unknown here.',
      'Mend the name service (DNS) of this machine, or correct HECTO_BASE_URL.',
    ],
    [
      '호스트 이름({host})을 여기서 찾을 수 없어요.',
      '이 컴퓨터의 DNS를 확인하거나 HECTO_BASE_URL을 고치세요.',
    ],
  ),
  'hecto.no-connection': fault(
    [
      'No connection to {host}.',
      "Open the firewall for it, and ask Hecto whether it lets this server's outgoing address in.",
    ],
    [
      '헥토({host})에 연결되지 않아요.',
      '방화벽을 열고, 이 서버의 나가는 주소를 허용했는지 헥토에 물어보세요.',
    ],
  ),
  'hecto.no-testbed': fault(
    [
      'No testbed answers at HECTO_BASE_URL ({host}).',
      'Start it: npx tsx e2e/testbed/main.ts, or all of npm run demo.',
    ],
    [
      'HECTO_BASE_URL({host})에 테스트베드가 없어요.',
      '시작하세요: npx tsx e2e/testbed/main.ts, 또는 npm run demo.',
    ],
  ),
  'hecto.no-trust': fault(
    [
      'The certificate of {host} is not trusted, or TLS is older than 1.2.',
      'Something between here and Hecto opens the connection, or this machine lacks root certificates (NODE_EXTRA_CA_CERTS).',
    ],
    [
      '헥토({host})의 인증서를 믿을 수 없거나 TLS가 1.2보다 오래됐어요.',
      '중간에서 연결을 여는 장비가 있거나, 이 컴퓨터에 루트 인증서가 없어요(NODE_EXTRA_CA_CERTS).',
    ],
  ),
  'hecto.alive': ok(
    'testCall is accepted: Hecto knows the merchant id.',
    'testCall이 성공했어요. 헥토가 상점 아이디를 알아요.',
  ),
  'hecto.merchant-refused': fault(
    [
      'Hecto refuses {call} ({code}), which needs no key: it does not know the merchant id here.',
      'Compare HECTO_MERCHANT_ID with the contract; the testbed and production have different ones.',
    ],
    [
      '키가 필요 없는 {call} 요청을 헥토가 거절했어요({code}). 여기서는 상점 아이디를 몰라요.',
      'HECTO_MERCHANT_ID를 계약과 비교하세요. 테스트베드와 운영의 값이 달라요.',
    ],
  ),
  'hecto.banks': ok(
    'bankList is accepted with {count} banks: the hash key is right.',
    'bankList가 은행 {count}곳을 알려 줬어요. 해시 키가 맞아요.',
  ),
  'hecto.no-banks': fault(
    [
      'bankList is accepted and names no bank: no customer could choose one.',
      'Ask Hecto to open banks for your contract.',
    ],
    [
      'bankList가 성공했지만 은행이 하나도 없어 고객이 고를 수 없어요.',
      '계약에 은행을 열어 달라고 헥토에 요청하세요.',
    ],
  ),
  'hecto.hash-key': fault(
    [
      'Hecto accepts testCall and refuses {call} ({code}): the hash key is wrong.',
      'Correct HECTO_HASH_KEY; look for a space or a line break at its end.',
    ],
    [
      '헥토가 testCall 요청은 받고 {call} 요청은 거절했어요({code}). 해시 키가 틀려요.',
      'HECTO_HASH_KEY를 고치세요. 끝에 빈칸이나 줄바꿈이 없는지 보세요.',
    ],
  ),
  'hecto.aes-key-fits': ok(
    'accountList is accepted: the AES key is right.',
    'accountList가 성공했어요. AES 키가 맞아요.',
  ),
  'hecto.aes-key': fault(
    [
      'Hecto accepts bankList and refuses {call} ({code}), whose fields are encrypted: the AES key is wrong.',
      'Correct HECTO_AES_KEY; it belongs to the same contract as the hash key.',
    ],
    [
      '헥토가 bankList 요청은 받고, 암호화한 필드가 있는 {call} 요청은 거절했어요({code}). AES 키가 틀려요.',
      'HECTO_AES_KEY를 고치세요. 해시 키와 같은 계약의 값이어야 해요.',
    ],
  ),
  'hecto.aes-key-unproven': warning(
    [
      'Hecto refuses {call} with {code}, which says nothing about the AES key.',
      'npm run smoke:testbed proves the key of the testbed.',
    ],
    [
      '헥토가 {call} 요청을 거절했는데({code}), AES 키가 맞는지는 알 수 없어요.',
      'npm run smoke:testbed로 테스트베드의 키를 확인하세요.',
    ],
  ),
  'hecto.closed': warning(
    ['Hecto refuses {call} ({code}): it is busy or under maintenance.', 'Run doctor again later.'],
    ['헥토가 {call} 요청을 거절했어요({code}). 점검 중이거나 바빠요.', '나중에 doctor를 다시 실행하세요.'],
  ),
  'hecto.refused': fault(
    ['Hecto refuses {call} with {code}.', 'Ask Hecto what the code means for your contract.'],
    ['헥토가 {call} 요청을 거절했어요({code}).', '계약에서 이 코드가 무슨 뜻인지 헥토에 물어보세요.'],
  ),
  'hecto.no-answer': fault(
    [
      'Hecto gives no answer to {call} that can be read: {reason}.',
      'Make sure that HECTO_BASE_URL is Hecto and that nothing between here and there answers instead.',
    ],
    [
      '{call} 요청에 읽을 수 있는 답이 오지 않아요: {reason}.',
      'HECTO_BASE_URL이 헥토의 주소인지, 중간에서 다른 것이 대신 답하지 않는지 확인하세요.',
    ],
  ),

  'terms.fine': ok('{count} documents in Korean and English.', '문서 {count}개가 한국어와 영어로 있어요.'),
  'terms.unreadable': fault(
    [
      'TERMS_DIR {allowed}.',
      'Name files <document>.<version>.<ko or en>.md and begin them like the samples in bff/terms/sample.',
    ],
    [
      'TERMS_DIR의 문서를 읽을 수 없어요: {allowed}.',
      '파일 이름은 <문서>.<버전>.<ko 또는 en>.md로, 머리글은 bff/terms/sample의 예시처럼 쓰세요.',
    ],
  ),
  'terms.no-korean': fault(
    ['Customers would see English where Korean is missing: {files}.', 'Add these files to TERMS_DIR.'],
    ['한국어 문서가 없어 고객에게 영어로 보여요: {files}.', 'TERMS_DIR에 이 파일을 넣으세요.'],
  ),
  'terms.no-english': warning(
    ['Customers who read English would see Korean: {files}.', 'Add these files to TERMS_DIR.'],
    ['영어 문서가 없어 영어 화면에도 한국어로 보여요: {files}.', 'TERMS_DIR에 이 파일을 넣으세요.'],
  ),
  'terms.samples': warning(
    [
      'Customers would agree to our sample terms, which mean nothing.',
      'Put your own documents into TERMS_DIR before production.',
    ],
    ['고객이 효력이 없는 예시 약관에 동의하게 돼요.', '운영 전에 TERMS_DIR에 귀사의 문서를 넣으세요.'],
  ),
  'terms.samples-in-production': fault(
    ['TERMS_DIR holds a copy of our sample terms, which mean nothing.', 'Put your own documents there.'],
    ['TERMS_DIR에 효력이 없는 예시 약관이 들어 있어요.', '귀사의 문서를 넣으세요.'],
  ),

  'widget.built': ok('The widget {version} is built.', '위젯({version})이 빌드되어 있어요.'),
  'widget.not-built-yet': warning(
    ['The widget is not built.', 'Run npm run build.'],
    ['위젯을 빌드하지 않았어요.', 'npm run build를 실행하세요.'],
  ),
  'widget.not-built': fault(
    [
      'The widget is not built: pages would find no script.',
      'Run npm run build, or deploy dist/widget with the rest.',
    ],
    [
      '위젯을 빌드하지 않아 페이지가 스크립트를 찾지 못해요.',
      'npm run build를 실행하거나 dist/widget을 함께 배포하세요.',
    ],
  ),

  'public.answers': ok('The BFF answers at PUBLIC_URL ({host}).', 'PUBLIC_URL({host})에서 BFF가 응답해요.'),
  'public.nobody-yet': warning(
    [
      'No BFF runs at PUBLIC_URL ({host}) or on port {port} here.',
      'Start it and run doctor again: it then looks at the way through the proxy.',
    ],
    [
      'PUBLIC_URL({host})에도, 이 컴퓨터의 포트 {port}에도 BFF가 없어요.',
      '시작한 다음 doctor를 다시 실행하면 프록시를 지나는 길을 확인해요.',
    ],
  ),
  'public.not-led-here': fault(
    [
      'A BFF runs here on port {port}, but PUBLIC_URL ({host}) does not lead to it.',
      'Point the proxy at it as docs/nginx.conf does, and open port 443.',
    ],
    [
      '여기 포트 {port}에서 BFF가 실행 중인데 PUBLIC_URL({host})로는 닿지 않아요.',
      '프록시를 docs/nginx.conf처럼 설정하고 443 포트를 여세요.',
    ],
  ),
  'public.someone-else': fault(
    [
      'Something answers at PUBLIC_URL ({host}) that is not this BFF.',
      'Point the proxy, or the name, at the BFF.',
    ],
    ['PUBLIC_URL({host})에서 이 BFF가 아닌 것이 응답해요.', '프록시나 도메인 이름이 BFF를 가리키게 하세요.'],
  ),
  'public.no-name': fault(
    [
      'The name of PUBLIC_URL, {host}, is unknown.',
      'Enter it in your name service (DNS), or correct PUBLIC_URL.',
    ],
    ['PUBLIC_URL의 이름({host})을 찾을 수 없어요.', 'DNS에 등록하거나 PUBLIC_URL을 고치세요.'],
  ),
  'public.no-trust': fault(
    [
      'The certificate at PUBLIC_URL ({host}) is not trusted: browsers would warn.',
      'Renew it, and give the proxy the whole chain.',
    ],
    [
      'PUBLIC_URL({host})의 인증서를 믿을 수 없어 브라우저가 경고해요.',
      '인증서를 갱신하고 프록시에 체인 전체를 넣으세요.',
    ],
  ),
  'public.this-machine': fault(
    ['PUBLIC_URL is this machine, where no customer gets.', 'Give the https origin that customers reach.'],
    ['PUBLIC_URL이 이 컴퓨터라 고객이 닿을 수 없어요.', '고객이 닿을 수 있는 https 출처를 넣으세요.'],
  ),
  'proxy.trusted': ok(
    'The proxy in front is named in TRUST_PROXY.',
    '앞에 있는 프록시가 TRUST_PROXY에 적혀 있어요.',
  ),
  'proxy.not-trusted': fault(
    [
      "PUBLIC_URL is https, so a proxy stands in front, and TRUST_PROXY does not name it: all customers would share the proxy's address and its limit of text messages.",
      "Set TRUST_PROXY to the proxy's address (127.0.0.1 when it runs here).",
    ],
    [
      'PUBLIC_URL이 https라 앞에 프록시가 있는데 TRUST_PROXY에 없어요. 모든 고객이 프록시 주소 하나와 그 문자 한도를 나눠 쓰게 돼요.',
      'TRUST_PROXY에 프록시의 주소를 넣으세요(이 컴퓨터에 있으면 127.0.0.1).',
    ],
  ),
  'origins.fine': ok('Pages of {origins} may use the widget.', '{origins}의 페이지에서 위젯을 쓸 수 있어요.'),
  'origins.ours': warning(
    [
      'ALLOWED_ORIGINS holds PUBLIC_URL: on a page of the same origin every script can read what customers type.',
      'Serve the shop and the BFF from two origins, unless the surface inline is what you want.',
    ],
    [
      'ALLOWED_ORIGINS에 PUBLIC_URL이 있어요. 출처가 같은 페이지의 스크립트는 고객이 입력하는 값을 읽을 수 있어요.',
      'inline 표시를 일부러 고른 것이 아니면 상점과 BFF의 출처를 나누세요.',
    ],
  ),
  'origins.this-machine': warning(
    ["Production lets pages of a developer's machine in: {origins}.", 'Take them out of ALLOWED_ORIGINS.'],
    ['운영 환경이 개발자 컴퓨터의 페이지를 받아들여요: {origins}.', 'ALLOWED_ORIGINS에서 빼세요.'],
  ),

  'webhook.none': warning(
    [
      'No WEBHOOK_URL: events are recorded and held.',
      'Set WEBHOOK_URL and WEBHOOK_SECRETS, or ask for every result (docs/webhooks.md).',
    ],
    [
      'WEBHOOK_URL이 없어 이벤트를 기록만 해요.',
      'WEBHOOK_URL과 WEBHOOK_SECRETS를 넣거나, 결과를 직접 조회하세요(docs/webhooks.ko.md).',
    ],
  ),
  'webhook.reached': ok(
    'The webhook server ({host}) is reached; nothing was sent.',
    '웹훅 서버({host})에 연결돼요. 아무것도 보내지 않았어요.',
  ),
  'webhook.no-name': fault(
    [
      'The name {host} of WEBHOOK_URL is unknown here.',
      'Correct WEBHOOK_URL, or the name service (DNS) of this machine.',
    ],
    ['WEBHOOK_URL의 이름({host})을 여기서 찾을 수 없어요.', 'WEBHOOK_URL이나 이 컴퓨터의 DNS를 고치세요.'],
  ),
  'webhook.address-refused': fault(
    [
      'WEBHOOK_URL ({host}) leads into an inner network, where no webhook may go.',
      'List its address or network in WEBHOOK_NETWORKS if that is meant.',
    ],
    [
      'WEBHOOK_URL({host})이 웹훅을 보내면 안 되는 내부 네트워크를 가리켜요.',
      '일부러 그런 것이면 WEBHOOK_NETWORKS에 주소나 네트워크를 넣으세요.',
    ],
  ),
  'webhook.no-connection': fault(
    [
      'Nothing answers at the host and port of WEBHOOK_URL ({host}).',
      'Start the server, or open the firewall.',
    ],
    ['WEBHOOK_URL({host})의 호스트와 포트에서 응답이 없어요.', '서버를 시작하거나 방화벽을 여세요.'],
  ),
  'webhook.no-trust': fault(
    [
      'The certificate at WEBHOOK_URL ({host}) is not trusted.',
      'Renew it, and give the server the whole chain.',
    ],
    ['WEBHOOK_URL({host})의 인증서를 믿을 수 없어요.', '인증서를 갱신하고 서버에 체인 전체를 넣으세요.'],
  ),
} satisfies Record<string, Entry>;

export type FindingCode = keyof typeof findings;

/** What a variable must be, for operators who read Korean; the refusals of a start are in English only. */
const rules: Readonly<Record<string, string>> = {
  PORT: '1부터 65535까지의 정수여야 해요.',
  HOST: 'IP 주소나 localhost여야 해요.',
  PUBLIC_URL:
    '경로 없는 https 출처여야 해요(예: https://bff.example.com). 운영이 아니면 이 컴퓨터의 http도 돼요.',
  HECTO_ENV: 'local, testbed, production 가운데 하나여야 해요.',
  HECTO_BASE_URL:
    '경로 없는 출처여야 하고, local이 아니면 https여야 하며, 테스트베드와 운영의 주소를 섞을 수 없어요.',
  HECTO_MERCHANT_ID:
    '영문자, 숫자, _, -로 된 1~8자여야 하고, 운영에서는 공개된 테스트베드 값을 쓸 수 없어요.',
  HECTO_AES_KEY:
    '인쇄할 수 있는 ASCII 문자 정확히 32자여야 하고, 운영에서는 공개된 테스트베드 값을 쓸 수 없어요.',
  HECTO_HASH_KEY:
    '인쇄할 수 있는 ASCII 문자 8~128자여야 하고, 운영에서는 공개된 테스트베드 값을 쓸 수 없어요.',
  HECTO_HD_INFO: 'API 이름에서 전문 코드로 가는 JSON 객체여야 해요.',
  DATABASE_URL:
    'embedded:<폴더>나 postgres://user:password@host/database여야 하고, 폴더는 쓸 수 있는 것이어야 해요.',
  DATABASE_POOLER: 'none이나 transaction이어야 하고, 내장 데이터베이스와 함께 쓸 수 없어요.',
  DATABASE_DIRECT_URL:
    '풀러 뒤에 있는 서버의 postgres:// 주소여야 하고, DATABASE_POOLER=transaction일 때만 써요.',
  DATABASE_MIGRATION_URL: 'postgres:// 주소여야 하고, DATABASE_URL도 postgres://여야 해요.',
  MERCHANT_API_KEYS:
    'sk_로 시작하는 키(local이 아니면 24자 이상)나 sha256: 해시의 쉼표 목록이어야 하고, 데모 키는 쓸 수 없어요.',
  MERCHANT_NAME: '고객이 아는 이름 1~40자여야 해요.',
  ALLOWED_ORIGINS: '정확한 https 출처나 앱 출처의 쉼표 목록이어야 해요. 경로나 끝의 빗금은 안 돼요.',
  ALLOWED_RETURN_URLS: 'https 주소나 앱 스킴의 쉼표 목록이어야 해요.',
  DATA_KEYS: 'id:base64(32바이트)의 쉼표 목록이어야 하고, 새 것이 먼저이며, 같은 id가 두 번 있으면 안 돼요.',
  PIN_PEPPER: '무작위 문자 32~200자여야 해요.',
  PAYMENT_AUTHORIZATION: 'optional이나 required여야 해요.',
  ARS_DIGITS: '2부터 6까지의 정수여야 해요.',
  SESSION_IDLE_MINUTES: '1부터 10까지의 정수여야 해요.',
  SESSION_MAX_MINUTES: '1부터 30까지의 정수여야 해요.',
  SMS_PER_ADDRESS_PER_HOUR: '1부터 10000까지의 정수여야 해요.',
  WEBHOOK_URL: 'https 주소여야 해요. local에서는 이 컴퓨터의 http도 돼요.',
  WEBHOOK_SECRETS:
    'whsec_와 base64(24~64바이트)의 쉼표 목록이어야 하고, WEBHOOK_URL이 있으면 꼭 있어야 해요.',
  WEBHOOK_NETWORKS: 'IP 주소나 네트워크(예: 10.1.0.0/16)의 쉼표 목록이어야 해요.',
  TERMS_DIR: '약관 문서가 있는 폴더여야 하고, 운영에서는 예시 약관을 쓸 수 없어요.',
  API_DOCS: 'on이나 off여야 해요.',
  TRUST_PROXY: 'none, 1~9의 홉 수, 또는 IP 주소와 네트워크의 쉼표 목록이어야 해요.',
  METRICS_PORT: 'off나 1부터 65535까지의 정수여야 해요.',
  METRICS_HOST: 'IP 주소나 localhost여야 해요.',
  OPS_PORT: 'off나 1부터 65535까지의 정수여야 해요.',
  OPS_HOST: 'IP 주소나 localhost여야 해요.',
  OPS_PASSWORD: '공백 없는 인쇄할 수 있는 ASCII 문자 16~200자여야 하고, OPS_PORT가 있으면 꼭 있어야 해요.',
  OTEL_EXPORTER_OTLP_ENDPOINT:
    'http://collector.example.com:4318 같은 주소여야 해요. OTEL_EXPORTER_OTLP_HEADERS가 있으면 이 컴퓨터가 아닌 한 https여야 해요.',
  OTEL_EXPORTER_OTLP_HEADERS: '이름=값의 쉼표 목록이어야 하고, 값은 URL 인코딩이어야 해요.',
  OTEL_TRACES_SAMPLER: 'parentbased_always_on이나 parentbased_traceidratio여야 해요.',
  OTEL_TRACES_SAMPLER_ARG: '0부터 1까지의 수여야 해요.',
  LOG_LEVEL: 'error, warn, info, debug, silent 가운데 하나여야 해요.',
};

/** What a variable must be, in Korean. */
export function ruleOf(variable: string): string {
  const rule = rules[variable];
  if (rule !== undefined) return rule;
  return '소유자만 읽을 수 있고(chmod 600) 비어 있지 않은 파일이어야 해요.'; // NAME_FILE
}

export type FindingWords = { readonly state: FindingState; readonly text: string; readonly advice?: string };

/** A finding in the operator's language. */
export function wordsOf(
  {
    code,
    values,
  }: { readonly code: FindingCode; readonly values: Readonly<Record<string, string | number>> },
  locale: Locale,
): FindingWords {
  const entry: Entry = findings[code];
  const [text, advice] = entry[locale];
  const all = { ...values, rule: ruleOf(String(values['variable'])) };
  return {
    state: entry.state,
    text: fill(text, all),
    ...(advice !== undefined && { advice: fill(advice, all) }),
  };
}
