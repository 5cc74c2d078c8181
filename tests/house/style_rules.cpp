#include "tests/house/style_rules.h"

#include <QRegularExpression>
#include <vector>

namespace rw::house {

namespace {

struct Rule {
    QRegularExpression words;
    QString instead;
};

const std::vector<Rule>& rules() {
    static const std::vector<Rule> kRules{
        // "#2a7", "#12345678", QColor(1, 2, 3), QColor("red"), Qt::red
        {QRegularExpression(QStringLiteral(
             "\"[^\"]*#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\\b|"
             "\\bQColor\\s*[({]\\s*[0-9\"]|\\bqRgba?\\s*\\(\\s*[0-9]|\\bfrom(Rgb|Hs[lv]|Cmyk)F?\\(|"
             "\\bQt::(?i:(dark|light)?(red|green|blue|cyan|magenta|yellow|gray|black|white))\\b|"
             "(\\.|->)(lighter|darker)\\(")),
         QStringLiteral("a token of Theme")},
        {QRegularExpression(QStringLiteral("\\bsetAlphaF?\\(|\\b(setOpacity|mixed)\\([^;]*\\b0\\.[0-9]")),
         QStringLiteral("a Shade of widgets/theme/tokens.h")},
        {QRegularExpression(QStringLiteral(
             "\\b(setPixelSize|setPointSizeF?|setFontPointSize|setFamil(y|ies)|setBold|setItalic)\\(|"
             "\\bQFont::(Thin|Extra\\w+|Light|Normal|Medium|DemiBold|Bold|Black)\\b|"
             "\\bQFont(\\s+\\w+)?\\s*[({][^;\"]*\"")),
         QStringLiteral("a TextStyle of Theme::font()")},
        {QRegularExpression(QStringLiteral("\\b(setStyleSheet|setPalette|QPalette)\\b")),
         QStringLiteral("a role, surface or state that resources/themes/controls.qss knows")},
        {QRegularExpression(QStringLiteral("\\bdrawRoundedRect\\(.*,\\s*[0-9.]+\\s*,\\s*[0-9.]+\\);")),
         QStringLiteral("a radius of widgets/theme/metrics.h")},
        // Up to 2 is the width of an edge.
        {QRegularExpression(QStringLiteral(
             "\\bsetContentsMargins\\([^;]*\\b([3-9]|[1-9][0-9]+)\\b|"
             "\\b(set(Horizontal|Vertical)?Spacing|addSpacing)\\(\\s*([3-9]|[1-9][0-9]+)\\s*\\)")),
         QStringLiteral("a padding of widgets/theme/metrics.h")}};
    return kRules;
}

}  // namespace

QString writesItsOwnLook(const QString& line) {
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    const QString code = comment < 0 ? line : line.left(comment);
    for (const Rule& rule : rules()) {
        const auto found = rule.words.match(code);
        if (found.hasMatch()) return QStringLiteral("“%1”: %2").arg(found.captured(), rule.instead);
    }
    return {};
}

}  // namespace rw::house
