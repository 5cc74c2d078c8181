#include "widgets/inspector/form_fact.h"

#include <QHBoxLayout>
#include <QLabel>

#include "widgets/theme/theme.h"

namespace rw::ui {

FormFact::FormFact(const QString& label, const QString& icon, QWidget* parent)
    : QWidget(parent), m_label(new QLabel(label)), m_code(new QLabel), m_words(new QLabel) {
    const Theme& theme = Theme::of(this);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::kGrid);
    setMinimumHeight(theme.scaled(metrics::kControlHeight));
    m_label->setProperty("role", "dim");
    auto* mark = new QLabel;
    const auto draw = [this, mark, icon] {
        const Theme& now = Theme::of(this);
        mark->setPixmap(now.pixmap(icon, metrics::kIconSmall, now.tokens().accent, devicePixelRatioF()));
    };
    draw();
    connect(&theme, &Theme::changed, mark, draw);
    m_code->setProperty("role", "code");
    m_words->setProperty("role", "caption");
    m_words->setWordWrap(true);
    line->addWidget(m_label);
    line->addWidget(mark);
    line->addWidget(m_code);
    line->addWidget(m_words, 1);
}

void FormFact::set(const QString& code, const QString& words) {
    m_code->setText(code);
    m_code->setVisible(!code.isEmpty());
    m_words->setText(words);
    setAccessibleName(QStringLiteral("%1: %2 %3").arg(m_label->text(), code, words));
}

void FormFact::setLabelWidth(int width) {
    m_label->setFixedWidth(width);
}

}  // namespace rw::ui
