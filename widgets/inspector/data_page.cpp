#include "widgets/inspector/data_page.h"

#include <QEvent>
#include <QHeaderView>

#include "core/data/text.h"
#include "widgets/document/data_text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {
constexpr int kFramesPerLook = 5;  // of RunSession::updated: four looks a second
}  // namespace

DataPage::DataPage(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QTreeWidget(parent), m_document(document), m_session(session) {
    setColumnCount(2);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(metrics::kGrid);
    setUniformRowHeights(true);
    setTextElideMode(Qt::ElideMiddle);
    setItemDelegateForColumn(1, new CellDelegate(this));
    header()->setStretchLastSection(true);
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    connect(&session, &RunSession::updated, this, [this] {
        const bool pause = m_session.shownRun().updatesOften();
        if (isVisible() && (!pause || m_frames++ % kFramesPerLook == 0)) refresh();
    });
    connect(&session, &RunSession::runReplaced, this, &DataPage::choosePorts);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        const bool wired = change.kind == DocumentChange::Kind::WiresAdded ||
                           change.kind == DocumentChange::Kind::WiresRemoved;
        if (wired) choosePorts();
    });
}

void DataPage::setNode(const NodeId& node) {
    m_node = node;
    choosePorts();
}

void DataPage::choosePorts() {
    clear();
    m_streams.clear();
    const NodeKind* kind = m_document.kindOf(m_node);
    if (kind == nullptr) return;
    for (const PortSpec& port : kind->outputs) addStream({m_node, port.name}, translated(port.label));
    if (kind->outputs.empty()) {
        for (const Wire& wire : m_document.pipeline().wires) {
            const Node* sender = m_document.pipeline().find(wire.from.node);
            if (wire.to.node == m_node && sender != nullptr)
                addStream(wire.from, tr("From “%1”").arg(titleOf(*sender)));
        }
    }
    refresh();
}

void DataPage::addStream(const PortRef& from, const QString& name) {
    auto* head = new QTreeWidgetItem(this, {name});
    head->setFont(0, Theme::of(this).font(TextStyle::BodyStrong));
    head->setFirstColumnSpanned(true);  // beside a long name nothing would be seen of its state
    head->setData(0, Qt::UserRole, name);
    head->setExpanded(true);
    m_streams.push_back({from, nullptr, 0, head});
}

void DataPage::refresh() {
    if (!isVisible()) return;  // asking for a tap starts the collecting
    const ShownRun run = m_session.shownRun();
    const QString none =
        run.has(RunAbility::Rows) ? tr("Run again to see rows") : run.lacks(RunAbility::Rows);
    for (Stream& stream : m_streams) {
        if (!stream.tap) stream.tap = m_session.tap(stream.from);
        if (stream.tap && stream.tap->version() != stream.version) showRow(stream);
        const QString state = stream.version > 0   ? tr("Newest row")
                              : run.updatesOften() ? tr("No rows yet")
                                                   : none;
        const QString words =
            QStringLiteral("%1 · %2").arg(shownText(stream.head->data(0, Qt::UserRole).toString()), state);
        stream.head->setText(0, words);
        stream.head->setToolTip(0, words);
    }
}

void DataPage::showRow(Stream& stream) {
    stream.version = stream.tap->version();
    const std::vector<Batch> batches = stream.tap->recent();
    if (batches.empty() || batches.back().rows == 0) return;
    const Batch& batch = batches.back();
    const Theme& theme = Theme::of(this);
    const int columns = static_cast<int>(batch.schema->size());
    while (stream.head->childCount() > columns) delete stream.head->takeChild(columns);
    for (int i = 0; i < columns; ++i) {
        const auto place = static_cast<std::size_t>(i);
        QTreeWidgetItem* row = stream.head->child(i);
        if (row == nullptr) {
            row = new QTreeWidgetItem(stream.head);
            row->setFont(0, theme.font(TextStyle::Code));
            row->setFont(1, theme.font(TextStyle::CodeSmall));
        }
        const ColumnRef& column = batch.columns[place];
        const bool null = !column || column->isNull(batch.rows - 1);
        const QString value = null ? QStringLiteral("NULL") : dataText(*column, batch.rows - 1);
        const QString name = shownText(QString::fromStdString(batch.schema->fields[place].name));
        row->setText(0, name);
        row->setToolTip(0, name);
        row->setText(1, shownCell(value));
        row->setToolTip(1, tipText(value));
        row->setForeground(1, null ? theme.tokens().dim : theme.tokens().text);
    }
}

void DataPage::showEvent(QShowEvent* event) {
    QTreeWidget::showEvent(event);
    refresh();
}

void DataPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) choosePorts();
    QTreeWidget::changeEvent(event);
}

}  // namespace rw::ui
