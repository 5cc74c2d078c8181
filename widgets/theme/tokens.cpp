#include "widgets/theme/tokens.h"

#include <algorithm>
#include <cmath>

#include "widgets/theme/note_tones.h"

namespace rw::ui {
namespace {

Tokens makeDark() {
    Tokens t;
    t.dark = true;
    t.bg = 0x14181d;
    t.panel = 0x1b2027;
    t.panel2 = 0x222932;
    t.card = 0x1e242c;
    t.field = 0x161b21;
    t.hover = 0x2a323c;
    t.selected = 0x1f3442;
    t.line = 0x303944;
    t.line2 = 0x46525f;
    t.text = 0xe6ebf1;
    t.dim = 0x8f9baa;
    t.disabled = 0x5b6673;
    t.accent = 0x4cc2ff;
    t.onAccent = 0x0b1620;
    t.accentHover = 0x6ecdff;
    t.accentPressed = 0x35aeea;
    t.source = {0x2f9e77, 0x5fc9a3, 0x1c352f};
    t.op = {0x3f7fd6, 0x86b4f2, 0x1f3047};
    t.sink = {0xc7792b, 0xe5a45e, 0x372c22};
    t.onKind = 0xffffff;
    t.firedWindow = 0x2f6abd;
    t.onFiredWindow = 0xffffff;
    t.ok = {0x45c98a, 0x45c98a, 0x1b3329};
    t.warn = {0xe5b84b, 0xe5b84b, 0x332d1f};
    t.error = {0xe5604b, 0xf08573, 0x38231f};
    t.wireIdle = 0x697785;
    t.wireFlowing = 0x5c95e6;
    t.series = {0x4cc8ff, 0xfdb02a, 0x57a873, 0xe6d685, 0xa37bff, 0xf76cbc, 0xe7582b, 0xe6f4f0};
    t.heat = {0x1c2a36, 0x1f4257, 0x24607d, 0x2f82a6, 0x4cabd0, 0x8fd0e0, 0xf3e3a0, 0xf5b24a};
    return t;
}

Tokens makeLight() {
    Tokens t;
    t.dark = false;
    t.bg = 0xeef1f5;
    t.panel = 0xffffff;
    t.panel2 = 0xf4f6f9;
    t.card = 0xffffff;
    t.field = 0xffffff;
    t.hover = 0xe6ebf1;
    t.selected = 0xdcedf8;
    t.line = 0xd0d7e0;
    t.line2 = 0xa9b4c1;
    t.text = 0x1a212a;
    t.dim = 0x566374;
    t.disabled = 0x98a3b0;
    t.accent = 0x0a6cab;
    t.onAccent = 0xffffff;
    t.accentHover = 0x085d94;
    t.accentPressed = 0x064d7b;
    t.source = {0x1c7a58, 0x176849, 0xdff1ea};
    t.op = {0x2663b5, 0x1f57a3, 0xe0ebf9};
    t.sink = {0x9c5510, 0x8a4a0c, 0xf8eadb};
    t.onKind = 0xffffff;
    t.firedWindow = 0x2663b5;
    t.onFiredWindow = 0xffffff;
    t.ok = {0x187a4a, 0x187a4a, 0xdcf3e6};
    t.warn = {0xb87a00, 0x855b00, 0xfbf0d3};
    t.error = {0xbb3420, 0xa92c1a, 0xfbe5e0};
    t.wireIdle = 0x7d8894;
    t.wireFlowing = 0x2663b5;
    t.series = {0x2a5be0, 0xd85a00, 0x12605c, 0x85602a, 0x8660cc, 0xc8539c, 0x6a0a1c, 0x1c1a48};
    t.heat = {0xe3f0f6, 0xc3e0ec, 0x9acbdf, 0x66aecc, 0x3a8cb0, 0x246a8c, 0xd9a441, 0xb36a12};
    return t;
}

Tokens withHighContrast(Tokens t) {
    t.line = t.dim;
    t.line2 = t.text;
    t.disabled = t.dim;
    for (KindColors* kind : {&t.source, &t.op, &t.sink}) kind->tint = t.panel;
    for (StateColors* state : {&t.ok, &t.warn, &t.error}) state->tint = t.panel;
    return t;
}

// The sRGB channel as linear light, as WCAG 2 defines it.
double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c) {
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

}  // namespace

const Tokens& darkTokens() {
    static const Tokens tokens = makeDark();
    return tokens;
}

const Tokens& lightTokens() {
    static const Tokens tokens = makeLight();
    return tokens;
}

const Tokens& darkHighContrastTokens() {
    static const Tokens tokens = withHighContrast(makeDark());
    return tokens;
}

const Tokens& lightHighContrastTokens() {
    static const Tokens tokens = withHighContrast(makeLight());
    return tokens;
}

QColor colorOf(const Tokens& tokens, ColorRole role) {
    switch (role) {
        case ColorRole::Text:
            return tokens.text;
        case ColorRole::Dim:
            return tokens.dim;
        case ColorRole::Disabled:
            return tokens.disabled;
        case ColorRole::Accent:
            return tokens.accent;
        case ColorRole::OnAccent:
            return tokens.onAccent;
        case ColorRole::OnKind:
            return tokens.onKind;
        case ColorRole::SourceText:
            return tokens.source.text;
        case ColorRole::OperatorText:
            return tokens.op.text;
        case ColorRole::SinkText:
            return tokens.sink.text;
        case ColorRole::Ok:
            return tokens.ok.text;
        case ColorRole::Warn:
            return tokens.warn.text;
        case ColorRole::Error:
            return tokens.error.text;
    }
    return tokens.text;
}

double opacityOf(Shade shade) {
    switch (shade) {
        case Shade::Off:
            return 0.68;
        case Shade::Stale:
            return 0.6;
        case Shade::Dimmed:
            return 0.35;
        case Shade::Preview:
        case Shade::Edge:
            return 0.7;
        case Shade::Miniature:
            return 0.85;
        case Shade::Note:
            return 0.6;
        case Shade::Base:
        case Shade::Bar:
            return 0.5;
        case Shade::Area:
            return 0.25;
        case Shade::Hatch:
            return 0.4;
        case Shade::Halo:
            return 0.28;
        case Shade::Band:
            return 0.12;
        case Shade::Zone:
            return 0.1;
    }
    return 1;
}

QColor shaded(const QColor& color, Shade shade) {
    QColor thin = color;
    thin.setAlphaF(static_cast<float>(opacityOf(shade)));
    return thin;
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor mixed(const QColor& top, const QColor& bottom, double opacity) {
    const auto channel = [opacity](float t, float b) {
        return static_cast<float>(t * opacity + b * (1.0 - opacity));
    };
    return QColor::fromRgbF(channel(top.redF(), bottom.redF()), channel(top.greenF(), bottom.greenF()),
                            channel(top.blueF(), bottom.blueF()));
}

QColor mixed(const QColor& top, const QColor& bottom, Shade shade) {
    return mixed(top, bottom, opacityOf(shade));
}

NoteTones noteTones(const Tokens& tokens) {
    const QColor violet = tokens.series[4];
    const bool tinted = tokens.ok.tint != tokens.panel;
    return {.plain = {tokens.line2, mixed(tokens.panel, tokens.bg, Shade::Note)},
            .blue = {tokens.wireFlowing, tokens.op.tint},
            .green = {tokens.ok.line, tokens.ok.tint},
            .amber = {tokens.warn.line, tokens.warn.tint},
            .red = {tokens.error.line, tokens.error.tint},
            .violet = {violet, tinted ? mixed(violet, tokens.panel, Shade::Band) : tokens.panel}};
}

}  // namespace rw::ui
