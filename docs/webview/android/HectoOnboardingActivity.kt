package com.example.shop

import android.annotation.SuppressLint
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.webkit.CookieManager
import android.webkit.RenderProcessGoneDetail
import android.webkit.WebResourceRequest
import android.webkit.WebSettings
import android.webkit.WebView
import android.webkit.WebViewClient
import androidx.activity.ComponentActivity
import androidx.activity.addCallback
import androidx.webkit.WebViewCompat
import androidx.webkit.WebViewFeature
import org.json.JSONException
import org.json.JSONObject

/**
 * Shows the hosted page of one onboarding session and reports what happens in it.
 *
 * Needs androidx.webkit 1.6 or later and `<queries>` in the manifest; see README.md. Start it with the extra
 * `hostedUrl`, which your server got from POST /v1/onboarding-sessions.
 */
class HectoOnboardingActivity : ComponentActivity() {
  // allowlist: begin (the same as allowlist.json)
  private val schemes = setOf("tauthlink", "ktauthexternalcall", "upluscorporation", "tel")
  private val marketScheme = "market"
  private val intentScheme = "intent"
  private val packages = setOf("com.sktelecom.tauth", "com.kt.ktauth", "com.lguplus.smartotp")
  // allowlist: end

  private lateinit var hostedUrl: Uri
  private lateinit var webView: WebView

  override fun onCreate(savedInstanceState: Bundle?) {
    super.onCreate(savedInstanceState)
    hostedUrl = Uri.parse(intent.getStringExtra("hostedUrl") ?: return finish())
    onBackPressedDispatcher.addCallback(this) {
      // To the step before; at the first one the page asks, and a second press leaves.
      if (webView.canGoBack()) webView.goBack() else finish()
    }
    // After Android has ended the whole app, the token in the address is used up; the page's cookie is still there.
    show(if (savedInstanceState == null) hostedUrl else withoutToken())
  }

  @SuppressLint("SetJavaScriptEnabled")
  private fun show(address: Uri) {
    webView = WebView(this)
    webView.settings.apply {
      javaScriptEnabled = true
      allowFileAccess = false
      allowContentAccess = false
      mixedContentMode = WebSettings.MIXED_CONTENT_NEVER_ALLOW
      useWideViewPort = true
      setSupportMultipleWindows(false)
      // textZoom stays as the customer wants it.
    }
    CookieManager.getInstance().setAcceptThirdPartyCookies(webView, false)
    // Unlike addJavascriptInterface: only this origin gets the bridge, and only text comes through it.
    if (WebViewFeature.isFeatureSupported(WebViewFeature.WEB_MESSAGE_LISTENER)) {
      WebViewCompat.addWebMessageListener(webView, "HectoOnboardingAndroid", setOf(originOf(hostedUrl))) {
        _, message, _, isMainFrame, _ -> if (isMainFrame) message.data?.let(::receive)
      }
    }
    webView.webViewClient = Client()
    setContentView(webView)
    webView.loadUrl(address.toString())
  }

  private fun receive(text: String) {
    val envelope = try { JSONObject(text) } catch (_: JSONException) { return }
    if (envelope.optInt("hecto") != 1) return
    onEvent(envelope.optString("type"), envelope.optJSONObject("detail") ?: JSONObject())
  }

  /** Every event: its name, e.g. `hecto-success`, and its detail. */
  private fun onEvent(type: String, detail: JSONObject) {
    when (type) {
      "hecto-success" -> setResult(RESULT_OK, Intent().putExtra("sessionId", detail.optString("sessionId")))
      "hecto-exit" -> finish()
    }
  }

  private inner class Client : WebViewClient() {
    override fun shouldOverrideUrlLoading(view: WebView, request: WebResourceRequest): Boolean {
      // Only the BFF's origin stays inside.
      if (originOf(request.url) == originOf(hostedUrl)) return false
      systemIntent(request.url)?.let { intent ->
        try {
          startActivity(intent)
        } catch (_: ActivityNotFoundException) {
          intent.`package`?.let { openStore(it) }
        }
      }
      return true
    }

    /** Android took the page's memory: this WebView is of no more use. The server knows where the customer was. */
    override fun onRenderProcessGone(view: WebView, detail: RenderProcessGoneDetail): Boolean {
      view.destroy()
      if (!isFinishing) show(withoutToken())
      return true
    }
  }

  /** What the system may open for the page; null for everything else, which is blocked. */
  private fun systemIntent(url: Uri): Intent? = when (url.scheme?.lowercase()) {
    in schemes -> Intent(if (url.scheme == "tel") Intent.ACTION_DIAL else Intent.ACTION_VIEW, url)
    marketScheme -> url.takeIf { it.host == "details" && it.getQueryParameter("id") in packages }
      ?.let { Intent(Intent.ACTION_VIEW, it) }
    intentScheme -> try {
      // As a page's link it may open one of these apps, and no part of ours.
      Intent.parseUri(url.toString(), Intent.URI_INTENT_SCHEME)
        .takeIf { it.`package` in packages && it.data?.scheme in schemes }
        ?.apply { component = null; selector = null; addCategory(Intent.CATEGORY_BROWSABLE) }
    } catch (_: java.net.URISyntaxException) {
      null
    }
    else -> null
  }

  private fun openStore(packageName: String) = try {
    startActivity(Intent(Intent.ACTION_VIEW, Uri.parse("market://details?id=$packageName")))
  } catch (_: ActivityNotFoundException) {
    // A phone without a store: the customer can still verify by text message.
  }

  private fun originOf(url: Uri) = "${url.scheme}://${url.host}" + if (url.port == -1) "" else ":${url.port}"

  private fun withoutToken(): Uri = hostedUrl.buildUpon().fragment(null).build()

  override fun onDestroy() {
    if (::webView.isInitialized) webView.destroy()
    super.onDestroy()
  }
}
