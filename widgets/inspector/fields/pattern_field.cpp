#include "widgets/inspector/fields/pattern_field.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <utility>
#include <vector>

#include "widgets/inspector/patterns/definitions.h"
#include "widgets/inspector/patterns/pattern_edit.h"
#include "widgets/inspector/patterns/pattern_view.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

PatternField::PatternField(const ParamSpec& spec)
    : ParamField(spec),
      m_edit(new PatternEdit),
      m_area(new QScrollArea),
      m_view(new PatternView),
      m_old(new QLabel(tr("Drawn as it was before the error."))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    m_view->setObjectName(QStringLiteral("patternDrawing"));
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(m_view);
    m_area->viewport()->installEventFilter(this);
    m_old->setProperty("role", "caption");
    column->addWidget(m_edit);
    column->addWidget(m_area);
    column->addWidget(m_old);
    setFocusProxy(m_edit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &PatternField::draw);
    connect(m_edit, &CodeEdit::edited, this, [this](const QString& text) {
        if (text.trimmed().isEmpty()) return Q_EMIT edited(nullptr);
        Q_EMIT edited(text.toStdString());
    });
    connect(&Theme::of(this), &Theme::changed, this, &PatternField::fitHeight);
    draw();
}

void PatternField::setValue(const Json& value) {
    m_edit->setCode(value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString());
    draw();
}

void PatternField::setContext(const FieldContext& context) {
    m_view->setConditions(definitionsIn(context));
    fitHeight();
}

void PatternField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_edit, stateOf(issues));
    const QString text = m_edit->toPlainText();
    std::vector<ErrorRange> ranges = errorRangesIn(text, issues);
    // Behind a text that ends too early there is nothing to underline: its last character is.
    if (ranges.empty() && !issues.empty() && !text.isEmpty())
        ranges.push_back({static_cast<int>(text.size()) - 1, 1, false});
    m_edit->setErrorRanges(std::move(ranges));
}

void PatternField::draw() {
    m_view->setText(m_edit->toPlainText());
    m_old->setVisible(m_view->isDimmed() && m_view->pattern());
    fitHeight();
}

bool PatternField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == m_area->viewport()) fitHeight();
    return ParamField::eventFilter(watched, event);
}

/// The form scrolls up and down; the drawing itself only sideways, where one part of it is wider than the
/// form.
void PatternField::fitHeight() {
    m_view->setRoom(m_area->viewport()->width());
    const QSize size = m_view->sizeHint();
    const bool wider = size.width() > m_area->viewport()->width();
    m_area->setVisible(m_view->pattern().has_value());
    m_area->setFixedHeight(size.height() + (wider ? m_area->horizontalScrollBar()->sizeHint().height() : 0));
}

}  // namespace rw::ui
