#include "widgets/inspector/several_page.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/inspector/several_form.h"
#include "widgets/inspector/several_nodes.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

SeveralPage::SeveralPage(PipelineDocument& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_head(new QWidget),
      m_title(new QLabel),
      m_list(new ElidedLabel),
      m_form(new SeveralForm(document)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* words = new QVBoxLayout(m_head);
    words->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, metrics::kStep);
    words->setSpacing(0);
    m_title->setObjectName(QStringLiteral("severalTitle"));
    m_title->setProperty("role", "title");
    m_list->setObjectName(QStringLiteral("severalList"));
    m_list->setProperty("role", "caption");
    m_list->setElideMode(Qt::ElideRight);
    for (QLabel* label : {m_title, static_cast<QLabel*>(m_list)}) {
        label->setMinimumWidth(0);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        words->addWidget(label);
    }
    column->addWidget(m_head);
    column->addWidget(m_form, 1);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::TitleChanged) refreshHead();
    });
    connect(&Theme::of(this), &Theme::changed, this, &SeveralPage::refreshHead);
}

void SeveralPage::setNodes(const std::vector<NodeId>& nodes) {
    m_nodes = nodes.size() > 1 ? nodes : std::vector<NodeId>();
    m_form->setNodes(m_nodes);
    refreshHead();
}

void SeveralPage::refreshHead() {
    m_head->setFixedHeight(Theme::of(this).scaled(metrics::kInspectorHeadHeight));
    if (m_nodes.empty()) return;
    m_title->setText(titleOfSeveral(m_document, m_nodes));
    m_list->setText(listOfSeveral(m_document, m_nodes));
}

void SeveralPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refreshHead();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
