import 'dart:convert';

import 'package:flutter/material.dart';
import 'package:url_launcher/url_launcher.dart';
import 'package:webview_flutter/webview_flutter.dart';
import 'package:webview_flutter_android/webview_flutter_android.dart';

/// Shows the hosted page of one onboarding session and reports what happens in it.
///
/// Needs webview_flutter 4, webview_flutter_android 4 and url_launcher 6; see README.md.
class HectoOnboarding extends StatefulWidget {
  const HectoOnboarding({
    super.key,
    required this.hostedUrl,
    required this.onEvent,
    required this.onClose,
  });

  /// From your server: POST /v1/onboarding-sessions.
  final Uri hostedUrl;

  /// Every event: its name, e.g. `hecto-success`, and its detail.
  final void Function(String type, Map<String, dynamic> detail) onEvent;

  /// The customer is through or wants to leave: take this widget away.
  final VoidCallback onClose;

  @override
  State<HectoOnboarding> createState() => _HectoOnboardingState();
}

class _HectoOnboardingState extends State<HectoOnboarding> {
  // allowlist: begin (the same as allowlist.json)
  static const _schemes = {'tauthlink', 'ktauthexternalcall', 'upluscorporation', 'tel'};
  static const _marketScheme = 'market';
  static const _intentScheme = 'intent';
  static const _packages = {'com.sktelecom.tauth', 'com.kt.ktauth', 'com.lguplus.smartotp'};
  static const _appStore = {
    'https://apps.apple.com/kr/app/id1141258007',
    'https://apps.apple.com/kr/app/id1134371550',
    'https://apps.apple.com/kr/app/id1147394645',
  };
  // allowlist: end

  late final WebViewController _controller;

  @override
  void initState() {
    super.initState();
    _controller = WebViewController()
      ..setJavaScriptMode(JavaScriptMode.unrestricted)
      ..addJavaScriptChannel('HectoOnboardingFlutter', onMessageReceived: (message) => _receive(message.message))
      ..setNavigationDelegate(NavigationDelegate(
        onNavigationRequest: (request) => _decide(request.url),
        onWebResourceError: (error) {
          // iOS took the page's memory. The server knows where the customer was; the token is used up.
          if (error.errorType == WebResourceErrorType.webContentProcessTerminated) {
            _controller.loadRequest(widget.hostedUrl.removeFragment());
          }
        },
      ));
    final platform = _controller.platform;
    if (platform is AndroidWebViewController) {
      platform
        ..setAllowFileAccess(false)
        ..setAllowContentAccess(false);
      // Cookies of other sites stay off, as they are by default.
    }
    _controller.loadRequest(widget.hostedUrl);
  }

  void _receive(String text) {
    final envelope = jsonDecode(text) as Map<String, dynamic>;
    if (envelope['hecto'] != 1) return;
    final type = envelope['type'] as String;
    widget.onEvent(type, envelope['detail'] as Map<String, dynamic>? ?? const {});
    if (type == 'hecto-exit') widget.onClose();
  }

  NavigationDecision _decide(String address) {
    final url = Uri.tryParse(address);
    if (url == null) return NavigationDecision.prevent;
    // Only the BFF's origin stays inside.
    final hosted = widget.hostedUrl;
    if (url.scheme == hosted.scheme && url.host == hosted.host && url.port == hosted.port) {
      return NavigationDecision.navigate;
    }
    final allowed = _allowed(url, address);
    // Not installed: the page offers the store, and a text message instead.
    if (allowed != null) launchUrl(allowed, mode: LaunchMode.externalApplication).ignore();
    return NavigationDecision.prevent;
  }

  /// What the system may open for the page; null for everything else, which is blocked.
  Uri? _allowed(Uri url, String address) {
    if (_schemes.contains(url.scheme) || _appStore.contains(address)) return url;
    if (url.scheme == _marketScheme) {
      final known = url.host == 'details' && _packages.contains(url.queryParameters['id']);
      return known ? url : null;
    }
    if (url.scheme == _intentScheme) {
      // The launcher knows no intent: addresses, so the app's own address is taken out of it.
      final parts = RegExp(r'^intent:(.*?)#Intent;(.*)$').firstMatch(address);
      String value(String name) =>
          RegExp('(?:^|;)$name=([^;]*)').firstMatch(parts?.group(2) ?? '')?.group(1) ?? '';
      final known = _packages.contains(value('package')) && _schemes.contains(value('scheme'));
      return known ? Uri.tryParse('${value('scheme')}:${parts!.group(1)}') : null;
    }
    return null;
  }

  @override
  Widget build(BuildContext context) => PopScope(
        canPop: false,
        onPopInvokedWithResult: (didPop, _) async {
          if (didPop) return;
          // To the step before; at the first one the page asks, and a second press leaves.
          if (await _controller.canGoBack()) {
            await _controller.goBack();
          } else {
            widget.onClose();
          }
        },
        child: SafeArea(child: WebViewWidget(controller: _controller)),
      );
}
