#include "widgets/canvas/level/level_page.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "widgets/canvas/cards/card_model.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kCrumbLength = 28, kDetailsWide = 300;

}  // namespace

LevelPage::LevelPage(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_session(session),
      m_crumbs(new QHBoxLayout),
      m_viewOnly(new QLabel),
      m_edit(new QPushButton),
      m_view(new LevelView(document, session)),
      m_details(new QTreeWidget),
      m_empty(new EmptyState) {
    setObjectName(QStringLiteral("levelPage"));
    setFocusProxy(m_view);
    m_edit->setObjectName(QStringLiteral("levelEditFile"));
    m_edit->setProperty("controlSize", "small");
    m_viewOnly->setProperty("role", "dim");
    m_details->setHeaderHidden(true);
    m_details->setColumnCount(2);
    m_details->setRootIsDecorated(false);
    m_details->setFixedWidth(Theme::of(this).scaled(kDetailsWide));
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kListPadding, metrics::kGrid / 2, metrics::kGrid, metrics::kGrid / 2);
    row->setSpacing(metrics::kGrid);
    m_crumbs->setSpacing(metrics::kGrid / 2);
    row->addLayout(m_crumbs);
    row->addStretch(1);
    row->addWidget(m_viewOnly);
    row->addWidget(m_edit);
    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_view, 1);
    body->addWidget(m_empty, 1);
    body->addWidget(m_details);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(bar);
    lines->addLayout(body, 1);
    connect(m_edit, &QPushButton::clicked, this,
            [this] { Q_EMIT fileRequested(m_graph.subflow, m_view->graph().file); });
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        const NodeId subflow = outermost(m_graph.subflow);
        open({});
        Q_EMIT fieldRequested(subflow);
    });
    connect(m_view, &LevelView::subflowActivated, this, [this](const NodeId& node) { open({node}); });
    connect(m_view, &LevelView::upRequested, this, [this] { open(m_graph.outer()); });
    connect(m_view, &LevelView::editRefused, this, &LevelPage::refuseEdit);
    connect(m_view, &LevelView::chosenChanged, this, &LevelPage::fillDetails);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        change.kind == DocumentChange::Kind::Reset ? open({}) : follow();
    });
    connect(&document, &PipelineDocument::validatedChanged, this, [this] {
        follow();
        if (isOpen()) reload();
    });
    retranslate();
    hide();
}

LevelPage::~LevelPage() {
    m_document.disconnect(this);
    m_session.disconnect(this);
}

void LevelPage::open(const GraphRef& graph) {
    if (graph == m_graph) return;
    const GraphRef before = std::exchange(m_graph, graph);
    if (!isOpen()) {
        hide();
        return Q_EMIT closed();
    }
    reload();
    show();
    if (before.outer() == m_graph) m_view->choose(before.subflow);  // where one comes from
    Q_EMIT opened();
    m_view->fitAll();
    QTimer::singleShot(0, m_view, &LevelView::fitAll);  // once it has its size
}

void LevelPage::follow() {
    if (!isOpen() || exists(m_document, m_graph)) return;
    const NodeId gone = m_graph.subflow;
    GraphRef nearest = m_graph;
    while (!exists(m_document, nearest)) nearest = nearest.outer();
    open(nearest);
    Q_EMIT told(tr("“%1” is no longer in the pipeline.").arg(shownText(QString::fromStdString(gone))));
}

void LevelPage::reload() {
    m_view->setGraph(levelGraph(m_document, m_graph));
    const LevelGraph& level = m_view->graph();
    const bool shown = level.reason.isEmpty();
    m_view->setVisible(shown);
    m_empty->setVisible(!shown);
    m_details->setVisible(shown && m_view->chosen() != nullptr);
    setFocusProxy(shown ? static_cast<QWidget*>(m_view) : m_empty);
    if (!shown) {
        m_empty->set(QStringLiteral("subflow"), shownText(level.reason), shownText(level.remedy),
                     tr("Locate the file…"));
    }
    m_edit->setEnabled(!level.file.isEmpty());
    fillBar();
}

void LevelPage::fillBar() {
    while (QLayoutItem* item = m_crumbs->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
    std::vector<GraphRef> way{GraphRef()};
    const std::vector<GraphRef> inner = m_graph.chain();
    way.insert(way.end(), inner.begin(), inner.end());
    for (const GraphRef& each : way) {
        if (!each.isDocument()) m_crumbs->addWidget(new QLabel(QStringLiteral("›")));
        const QString title = levelTitle(m_document, each);
        auto* crumb = new QPushButton(labelText(shownText(title, kCrumbLength)));
        crumb->setObjectName(QStringLiteral("levelCrumb"));
        crumb->setProperty("controlSize", "small");
        crumb->setToolTip(shownText(title));
        const bool here = each == m_graph;
        crumb->setAccessibleName(here ? tr("%1, shown").arg(shownText(title))
                                      : tr("Go up to %1").arg(shownText(title)));
        connect(crumb, &QPushButton::clicked, this, [this, each] { open(each); });
        m_crumbs->addWidget(crumb);
    }
}

void LevelPage::fillDetails() {
    m_details->clear();
    const LevelNode* node = m_view->chosen();
    m_details->setVisible(node != nullptr && m_view->graph().reason.isEmpty());
    if (node == nullptr) return;
    const auto add = [this](const QString& name, const QString& value) {
        auto* item = new QTreeWidgetItem(m_details, {shownText(name), shownText(value)});
        item->setToolTip(1, shownLines(value, kTipLength));
        return item;
    };
    add(tr("Node"), QString::fromStdString(node->node.id));
    if (const NodeKind* kind = m_document.catalogue().of(node->node)) add(tr("Type"), translated(kind->name));
    if (!node->summary.empty()) add(tr("Does"), translated(node->summary));
    for (const LevelParam& each : node->params) add(each.name, each.value);
    for (const Text& each : node->errors) add(tr("Error"), translated(each));
    for (const Text& each : node->warnings) add(tr("Warning"), translated(each));
    m_details->resizeColumnToContents(0);
}

void LevelPage::refuseEdit() {
    Q_EMIT told(tr("This is a view of %1 as this pipeline uses it. Edit file changes it.")
                    .arg(shownText(QFileInfo(m_view->graph().file).fileName())));
}

void LevelPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void LevelPage::retranslate() {
    m_edit->setText(tr("Edit file"));
    m_viewOnly->setText(tr("View only"));
    m_view->setAccessibleName(tr("Nodes of the subflow, view only"));
    m_details->setAccessibleName(tr("Parameters of the chosen node"));
    if (isOpen()) reload();
}

}  // namespace rw::ui
