import UIKit
import WebKit

/// Shows the hosted page of one onboarding session and reports what happens in it.
///
/// Info.plist needs LSApplicationQueriesSchemes only if you ask `canOpenURL` yourself; see README.md.
/// iOS 16.4 or later.
final class HectoOnboardingView: UIView, WKNavigationDelegate, WKUIDelegate, WKScriptMessageHandler {
  // allowlist: begin (the same as allowlist.json)
  private static let schemes: Set<String> = ["tauthlink", "ktauthexternalcall", "upluscorporation", "tel"]
  private static let appStore: Set<String> = [
    "https://apps.apple.com/kr/app/id1141258007",
    "https://apps.apple.com/kr/app/id1134371550",
    "https://apps.apple.com/kr/app/id1147394645",
  ]
  // allowlist: end

  /// Every event: its name, e.g. `hecto-success`, and its detail. Close this view on `hecto-exit`.
  var onEvent: (_ type: String, _ detail: [String: Any]) -> Void = { _, _ in }

  private let hostedUrl: URL
  private let webView: WKWebView

  /// `hostedUrl` comes from your server: POST /v1/onboarding-sessions.
  init(hostedUrl: URL) {
    self.hostedUrl = hostedUrl
    // The default data store keeps the page's own cookie. No other site's cookie is needed, and no file can be read:
    // nothing is loaded with loadFileURL.
    webView = WKWebView(frame: .zero, configuration: WKWebViewConfiguration())
    super.init(frame: .zero)
    webView.configuration.userContentController.add(WeakHandler(self), name: "hectoOnboarding")
    webView.navigationDelegate = self
    webView.uiDelegate = self
    webView.allowsBackForwardNavigationGestures = true // a swipe goes to the step before
    webView.frame = bounds
    webView.autoresizingMask = [.flexibleWidth, .flexibleHeight]
    addSubview(webView)
    webView.load(URLRequest(url: hostedUrl))
  }

  @available(*, unavailable)
  required init?(coder: NSCoder) { fatalError("use init(hostedUrl:)") }

  /// For your own back button. Returns false when there is no step before: then close this view.
  func goBack() -> Bool {
    guard webView.canGoBack else { return false }
    webView.goBack()
    return true
  }

  // MARK: What the page says

  func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) {
    let from = message.frameInfo.securityOrigin
    guard message.frameInfo.isMainFrame, from.protocol == hostedUrl.scheme, from.host == hostedUrl.host,
      from.port == (hostedUrl.port ?? 0), // 0 is the scheme's usual port
      let envelope = message.body as? [String: Any], envelope["hecto"] as? Int == 1,
      let type = envelope["type"] as? String
    else { return }
    onEvent(type, envelope["detail"] as? [String: Any] ?? [:])
  }

  // MARK: Where the page may go

  func webView(
    _ webView: WKWebView, decidePolicyFor action: WKNavigationAction,
    decisionHandler: @escaping (WKNavigationActionPolicy) -> Void
  ) {
    guard let url = action.request.url else { return decisionHandler(.cancel) }
    if isOurs(url) { return decisionHandler(.allow) }
    if belongsToSystem(url) { UIApplication.shared.open(url) }
    decisionHandler(.cancel)
  }

  /// Only the BFF's origin stays inside.
  private func isOurs(_ url: URL) -> Bool {
    url.scheme == hostedUrl.scheme && url.host == hostedUrl.host && url.port == hostedUrl.port
  }

  private func belongsToSystem(_ url: URL) -> Bool {
    Self.schemes.contains(url.scheme?.lowercased() ?? "") || Self.appStore.contains(url.absoluteString)
  }

  /// No second windows.
  func webView(
    _ webView: WKWebView, createWebViewWith configuration: WKWebViewConfiguration,
    for action: WKNavigationAction, windowFeatures: WKWindowFeatures
  ) -> WKWebView? { nil }

  /// iOS took the page's memory. The server knows where the customer was; the token in the address is used up.
  func webViewWebContentProcessDidTerminate(_ webView: WKWebView) {
    var address = URLComponents(url: hostedUrl, resolvingAgainstBaseURL: false)
    address?.fragment = nil
    webView.load(URLRequest(url: address?.url ?? hostedUrl))
  }
}

/// The WebView holds its handler strongly; this one lets the view go.
private final class WeakHandler: NSObject, WKScriptMessageHandler {
  private weak var target: WKScriptMessageHandler?
  init(_ target: WKScriptMessageHandler) { self.target = target }
  func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) {
    target?.userContentController(controller, didReceive: message)
  }
}
