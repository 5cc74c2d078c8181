#include "widgets/live_edits/apply_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kApplyFacts{.id = "apply", .icon = "check", .shortcut = "", .place = 0, .height = 448};

QLabel* labelOf(const char* name, const char* role) {
    auto* made = new QLabel;
    made->setObjectName(QLatin1String(name));
    made->setProperty("role", role);
    return made;
}

}  // namespace

ApplyPanel::ApplyPanel(const PaneParts& parts)
    : Pane(kApplyFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_model(parts.document),
      m_head(new HintBox),
      m_kept(labelOf("kept", "dim")),
      m_lost(labelOf("lost", "dim")),
      m_impossible(labelOf("impossible", "dim")),
      m_table(new QTableView),
      m_after(labelOf("after", "caption")),
      m_back(new QPushButton),
      m_anew(new QPushButton),
      m_apply(new QPushButton) {
    makeColumn();
    connect(&m_session, &RunSession::receiptChanged, this, &ApplyPanel::onReceipt);
    connect(m_back, &QPushButton::clicked, &m_session, &RunSession::dropReceipt);
    connect(m_anew, &QPushButton::clicked, &m_session, &RunSession::applyAnew);
    connect(m_apply, &QPushButton::clicked, &m_session, &RunSession::apply);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const NodeId& node = m_model.node(index.row());
        if (m_document.pipeline().find(node) != nullptr) m_document.selection().reveal(node);
    });
    connect(&Theme::of(this), &Theme::changed, &m_model, &ReceiptModel::refresh);
    setPresent(false);
    retranslate();
}

QString ApplyPanel::title() const {
    return tr("Appl&y");
}

void ApplyPanel::makeColumn() {
    m_table->setModel(&m_model);
    m_table->setObjectName(QStringLiteral("receipt"));
    applyTableStyle(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(*m_table,
                       {{Of::Words, 144, 1}, {Of::Words, 200, 2}, {Of::Words, 280, 3}, {Of::Figures, 80}});
    m_apply->setObjectName(QStringLiteral("apply"));
    m_anew->setObjectName(QStringLiteral("anew"));
    m_back->setObjectName(QStringLiteral("back"));
    auto* counts = new QHBoxLayout;
    counts->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, metrics::kGrid);
    counts->setSpacing(metrics::kPanelPadding);
    for (QLabel* each : {m_impossible, m_lost, m_kept}) counts->addWidget(each);
    counts->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(counts);
    column->addWidget(m_table, 1);
    column->addWidget(makeFoot());
    m_head->show();
}

QWidget* ApplyPanel::makeFoot() {
    auto* foot = new QWidget(this);
    foot->setProperty("edge", "top");
    foot->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, metrics::kGrid);
    row->setSpacing(metrics::kGrid);
    m_after->setWordWrap(true);
    row->addWidget(m_after, 1);
    for (QPushButton* each : {m_anew, m_back, m_apply}) row->addWidget(each);
    m_apply->setProperty("role", "primary");
    return foot;
}

void ApplyPanel::onActivated() {
    if (const ApplyReceipt* receipt = m_session.receipt()) showReceipt(*receipt);
}

// An edit while it is there changes it in its place; the person has seen that it is open.
void ApplyPanel::onReceipt() {
    const ApplyReceipt* receipt = m_session.receipt();
    const bool came = receipt != nullptr && !isPresent();
    setPresent(receipt != nullptr);
    if (receipt == nullptr) return setCount(0);
    const ReceiptModel::Counts counts = ReceiptModel::countsOf(receipt->forecast);
    setCount(counts.lost + counts.impossible);
    if (isOn()) showReceipt(*receipt);
    if (came) Q_EMIT seeRequested();
}

void ApplyPanel::showReceipt(const ApplyReceipt& receipt) {
    m_model.set(receipt, m_session.snapshot());
    const ReceiptModel::Counts counts = ReceiptModel::countsOf(receipt.forecast);
    m_kept->setText(tr("%1 kept").arg(counts.kept));
    m_lost->setText(tr("%1 lost").arg(counts.lost));
    m_impossible->setText(tr("%1 can't resume").arg(counts.impossible));
    m_impossible->setVisible(counts.impossible > 0);
    m_apply->setEnabled(receipt.possible());
    showHead(receipt);
}

void ApplyPanel::showHead(const ApplyReceipt& receipt) {
    if (!receipt.obstacle.ok()) {
        m_head->set(HintBox::Kind::Error, tr("The run can't go on with the changes"),
                    shownLines(errorLines(receipt.obstacle.error()), kTipLength));
    } else if (!receipt.possible()) {
        m_head->set(HintBox::Kind::Error, tr("The run can't go on with the changes"),
                    tr("Take the edit of the nodes that can't resume back, or apply the changes from the "
                       "beginning."));
    } else if (receipt.forecast.anythingLost) {
        m_head->set(HintBox::Kind::Warn, tr("Applying the changes loses state"),
                    tr("The nodes marked as lost begin without what they have kept up to now. The others go on."));
    } else {
        m_head->set(HintBox::Kind::Info, tr("Applying the changes loses nothing"),
                    tr("All nodes go on with what they have kept."));
    }
}

void ApplyPanel::retranslate() {
    m_table->setAccessibleName(tr("What becomes of each node"));
    m_back->setText(tr("Back to editing"));
    m_anew->setText(tr("From the beginning"));
    m_anew->setToolTip(tr("Discards what the run has kept, and reads the sources from their beginning"));
    m_apply->setText(tr("Apply"));
    m_apply->setToolTip(tr("The run takes a last checkpoint, and goes on from it with the changes"));
    m_after->setText(tr("The run goes on with the old settings until you apply."));
    if (const ApplyReceipt* receipt = m_session.receipt()) showReceipt(*receipt);
    m_model.refresh();
}

}  // namespace rw::ui
