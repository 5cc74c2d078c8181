#include "widgets/charts/cards/chart_window.h"

#include <QVBoxLayout>

#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {
constexpr QSize kSize(1120, 640);
}

ChartWindow::ChartWindow(const NodeId& node, PipelineDocument& document, RunSession& session,
                         ChartScheduler& scheduler, QWidget* parent)
    : QDialog(parent), m_node(node), m_document(document) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    resize(kSize);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* card = new ChartCard(node, document, session, scheduler, true);
    column->addWidget(card);
    card->setFocus();
    if (scheduler.questions().isAnswered())
        addActions({scheduler.questions().why(), scheduler.questions().missing()});
    connect(card, &ChartCard::lostRowsRequested, this, &ChartWindow::lostRowsRequested);
    const auto yield = [this](const NodeId& chart) {
        if (chart == m_node && isActiveWindow()) close();
    };
    connect(&scheduler.questions(), &ChartQuestions::asked, this, yield);
    connect(&scheduler.questions(), &ChartQuestions::missed, this, yield);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset && m_document.pipeline().find(m_node)) {
            refreshTitle();
        } else {
            close();
        }
    });
    refreshTitle();
}

void ChartWindow::refreshTitle() {
    setWindowTitle(titleBarText(titleOf(*m_document.pipeline().find(m_node))));
}

}  // namespace rw::ui
