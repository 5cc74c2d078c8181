#include "widgets/theme/collapsible_section.h"

#include <QVBoxLayout>

#include "widgets/theme/section_head.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

CollapsibleSection::CollapsibleSection(const QString& title, QWidget* parent)
    : QWidget(parent), m_head(new SectionHead), m_body(new QVBoxLayout) {
    m_head->setText(title);
    auto* frame = new QWidget;
    frame->setLayout(m_body);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(metrics::kGrid);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    column->addWidget(m_head);
    column->addWidget(frame);
    connect(m_head, &SectionHead::toggled, frame, &QWidget::setVisible);
}

bool CollapsibleSection::isOpen() const {
    return m_head->isChecked();
}

void CollapsibleSection::setOpen(bool open) {
    m_head->setChecked(open);
}

}  // namespace rw::ui
