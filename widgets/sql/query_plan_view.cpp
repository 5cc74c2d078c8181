#include "widgets/sql/query_plan_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/translated.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kStepIndent = 16;

}  // namespace

QueryPlanView::QueryPlanView(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_work(new ElidedLabel({}, this)),
      m_steps(new QTreeWidget(this)),
      m_advice(new HintBox(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "left");
    setMinimumWidth(Theme::of(this).scaled(kWidth));
    m_title->setProperty("role", "strong");
    m_work->setProperty("role", "caption");
    m_work->setElideMode(Qt::ElideRight);
    m_steps->setColumnCount(1);
    m_steps->setHeaderHidden(true);
    m_steps->setRootIsDecorated(false);
    m_steps->setItemsExpandable(false);
    m_steps->setExpandsOnDoubleClick(false);
    m_steps->setUniformRowHeights(true);
    m_steps->setIndentation(kStepIndent);
    m_steps->setTabKeyNavigation(false);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, metrics::kGrid);
    head->setSpacing(metrics::kGrid);
    head->addWidget(m_title);
    head->addWidget(m_work, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);  // the edge
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_steps, 1);
    column->addWidget(m_advice);
    m_advice->hide();
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        setMinimumWidth(Theme::of(this).scaled(kWidth));
        showSteps();
    });
    retranslate();
}

void QueryPlanView::set(const QueryPlan& plan) {
    if (plan == m_plan) return;
    m_plan = plan;
    showSteps();
    showWork();
    showAdvice();
}

void QueryPlanView::showSteps() {
    const Theme& theme = Theme::of(this);
    m_steps->clear();
    std::vector<QTreeWidgetItem*> above{m_steps->invisibleRootItem()};
    for (const QueryStep& step : m_plan.steps) {
        // A step lies one below the one that it is part of, or beside or above the one before.
        above.resize(std::min(above.size(), static_cast<std::size_t>(step.depth) + 1));
        auto* item = new QTreeWidgetItem(above.back());
        const QString text = shownText(QString::fromStdString(step.text));
        item->setText(0, text);
        item->setToolTip(0, text);
        item->setFont(0, theme.font(TextStyle::CodeSmall));
        if (step.repeated) item->setIcon(0, theme.icon(u"warning", ColorRole::Warn));
        above.push_back(item);
    }
    m_steps->expandAll();
}

void QueryPlanView::showWork() {
    QStringList work;
    if (m_plan.scanned > 0) {
        work << translated(figures::counted(static_cast<std::uint64_t>(m_plan.scanned),
                                            RW_TEXT("query", "1 row scanned"),
                                            RW_TEXT("query", "%1 rows scanned")));
    }
    if (m_plan.sorts > 0) {
        work << translated(figures::counted(static_cast<std::uint64_t>(m_plan.sorts),
                                            RW_TEXT("query", "1 sort"), RW_TEXT("query", "%1 sorts")));
    }
    if (m_plan.indexes > 0) work << tr("an index made for this statement alone");
    if (m_plan.steps.empty()) work << tr("No plan");
    m_work->setText(work.join(QStringLiteral(" · ")));
}

void QueryPlanView::showAdvice() {
    const auto repeated = std::find_if(m_plan.steps.begin(), m_plan.steps.end(),
                                       [](const QueryStep& step) { return step.repeated; });
    m_advice->setVisible(repeated != m_plan.steps.end());
    if (repeated == m_plan.steps.end()) return;
    m_advice->set(
        HintBox::Kind::Warn,
        tr("“%1” is read whole again and again").arg(shownText(QString::fromStdString(repeated->table))),
        tr("An index on the column that is compared would make these look-ups. An SQLite sink with a "
           "key makes one of the key."));
}

void QueryPlanView::retranslate() {
    m_title->setText(tr("Explain"));
    m_steps->setAccessibleName(tr("Steps of the statement"));
    showWork();
    showAdvice();
}

}  // namespace rw::ui
