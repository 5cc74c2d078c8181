#include "tests/house/plain_rules.h"

#include <QRegularExpression>
#include <vector>

namespace rw::house {

namespace {

struct Rule {
    QString name;
    QRegularExpression words;
    QString instead;
    QStringList files;  ///< that may
};

const std::vector<Rule>& rules() {
    static const std::vector<Rule> kRules{
        {QStringLiteral("rich labels"),
         QRegularExpression(QStringLiteral("\\bQt::(RichText|MarkdownText|AutoText)\\b")),
         QStringLiteral("leave the label as it is: ControlStyle makes it plain"),
         {QStringLiteral("widgets/theme/control_style.cpp"),
          // escaped: a line height, a table, a bold number
          QStringLiteral("widgets/theme/hint_box.cpp"),
          QStringLiteral("widgets/canvas/popups/wire_popover.cpp"),
          QStringLiteral("widgets/results/results_page.cpp")}},
        {QStringLiteral("plain labels"),
         QRegularExpression(QStringLiteral("\\bQt::PlainText\\b")),
         QStringLiteral("leave it out: ControlStyle does it for all"),
         {QStringLiteral("widgets/theme/control_style.cpp")}},
        {QStringLiteral("documents"),
         QRegularExpression(QStringLiteral(
             "\\b(setHtml|insertHtml|appendHtml|setMarkdown|fromHtml|QStaticText|QGraphicsTextItem|"
             "QTextBrowser|QTextEdit(?!::ExtraSelection)|setWhatsThis|QWhatsThis)\\b")),
         QStringLiteral("a QLabel, or QPainter::drawText"),
         {QStringLiteral("widgets/help/help_browser.h"), QStringLiteral("widgets/help/help_browser.cpp"),
          QStringLiteral("widgets/help/help_window.cpp")}},
        // Qt Charts sets the words of its own axes, titles and legends as HTML.
        {QStringLiteral("words of Qt Charts"),
         QRegularExpression(
             QStringLiteral("\\b(setTitleText|QBarCategoryAxis|QCategoryAxis)\\b|chart\\(\\)->setTitle\\(")),
         QStringLiteral("Plot draws the words"),
         {}},
        {QStringLiteral("titles"),
         QRegularExpression(QStringLiteral("fromStdString\\(.*shownTitle\\(\\)")),
         QStringLiteral("titleOf(node), which is fit to be shown"),
         {QStringLiteral("widgets/document/editing/node_appearance.cpp")}}};
    return kRules;
}

QString withoutComment(const QString& line) {
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    return comment < 0 ? line : line.left(comment);
}

}  // namespace

QString takesMarkup(const QString& path, const QString& line) {
    for (const Rule& rule : rules()) {
        const auto found = rule.words.match(withoutComment(line));
        if (found.hasMatch() && !rule.files.contains(path))
            return QStringLiteral("“%1”: %2").arg(found.captured(), rule.instead);
    }
    return {};
}

QStringList filesOfMarkup() {
    QStringList all;
    for (const Rule& rule : rules()) {
        for (const QString& file : rule.files) all << file + QStringLiteral(": ") + rule.name;
    }
    return all;
}

QStringList markupThatNeeds(const QString& path, const QString& line) {
    QStringList used;
    for (const Rule& rule : rules()) {
        if (rule.files.contains(path) && rule.words.match(withoutComment(line)).hasMatch())
            used << path + QStringLiteral(": ") + rule.name;
    }
    return used;
}

}  // namespace rw::house
