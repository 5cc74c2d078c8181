#include "widgets/inspector/patterns/pattern_edit.h"

#include <QKeyEvent>
#include <QRegularExpression>
#include <algorithm>
#include <utility>

#include "core/patterns/parse.h"
#include "widgets/inspector/patterns/pattern_view.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kLeastLines = 2, kMostLines = 8;
}

class PatternHighlighter final : public MarkingHighlighter {
 public:
    explicit PatternHighlighter(QTextDocument* document) : MarkingHighlighter(document) {
        connect(&Theme::of(document), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
    }

 protected:
    /// Variables are counted as the parser counts them: in the order in which they first stand in the text.
    void highlightBlock(const QString& text) override {
        const Tokens& tokens = Theme::of(this).tokens();
        QStringList names = namesBefore();
        for (auto it = words().globalMatch(text); it.hasNext();) {
            const QRegularExpressionMatch word = it.next();
            setFormat(static_cast<int>(word.capturedStart()), static_cast<int>(word.capturedLength()),
                      isPermute(word.captured()) ? tokens.op.text
                                                 : variableColor(tokens, placeOf(names, word.captured())));
        }
        markErrors(text);
        setCurrentBlockState(
            static_cast<int>(names.size()));  // the next line is coloured anew when it differs
    }

 private:
    static const QRegularExpression& words() {
        static const QRegularExpression kWord(QStringLiteral("[A-Za-z_][A-Za-z0-9_]*"));
        return kWord;
    }
    static bool isPermute(const QString& word) {
        return word.compare(QLatin1String("PERMUTE"), Qt::CaseInsensitive) == 0;
    }
    static int placeOf(QStringList& names, const QString& name) {
        if (!names.contains(name)) names << name;
        return static_cast<int>(names.indexOf(name));
    }
    QStringList namesBefore() const {
        QStringList names;
        const QString before = document()->toPlainText().left(currentBlock().position());
        for (auto it = words().globalMatch(before); it.hasNext();) {
            const QString word = it.next().captured();
            if (!isPermute(word)) placeOf(names, word);
        }
        return names;
    }
};

PatternEdit::PatternEdit(QWidget* parent)
    : CodeEdit(Lines::Several, parent), m_highlighter(new PatternHighlighter(document())) {
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PatternEdit::setErrorRanges(std::vector<ErrorRange> ranges) {
    m_highlighter->setErrorRanges(std::move(ranges));
}

QSize PatternEdit::sizeHint() const {
    const int lines = std::clamp(document()->size().toSize().height(), kLeastLines, kMostLines);
    return {200, lines * Theme::of(this).lineHeight(TextStyle::Code) + 12};
}

QSize PatternEdit::minimumSizeHint() const {
    return {80, sizeHint().height()};
}

void PatternEdit::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter || (event->modifiers() & Qt::ControlModifier) == 0) return CodeEdit::keyPressEvent(event);
    notifyEdited();
    event->ignore();  // Ctrl+Enter applies the form
}

}  // namespace rw::ui
