#include "widgets/canvas/canvas_widget.h"

#include <QEvent>
#include <QMenu>
#include <QPixmapCache>
#include <QVBoxLayout>

#include "widgets/background/ticker.h"
#include "widgets/canvas/flow_clock.h"
#include "widgets/canvas/level/level_page.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/popups/empty_hint.h"
#include "widgets/canvas/popups/hover_strip.h"
#include "widgets/canvas/popups/lit_bar.h"
#include "widgets/canvas/popups/note_editor.h"
#include "widgets/canvas/popups/quick_add_popup.h"
#include "widgets/canvas/popups/refusal_bubble.h"
#include "widgets/canvas/popups/title_editor.h"
#include "widgets/canvas/popups/wire_popover.h"

namespace rw::ui {

namespace {

constexpr int kCacheKilobytes = 96 * 1024;  // cards are kept as pixmaps: room for several hundred

}  // namespace

CanvasWidget::CanvasWidget(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_view(new CanvasView(document, session, this)),
      m_actions(new CanvasActions(*m_view)),
      m_clock(new FlowClock(m_view->canvas())),
      m_minimap(new Minimap(*m_view, this)),
      m_quickAdd(new QuickAddPopup(*m_view, this)),
      m_refusal(new RefusalBubble(document, this)),
      m_strip(new HoverStrip(*m_view, this)),
      m_popover(new WirePopover(*m_view, this)),
      m_titleEditor(new TitleEditor(*m_view, this)),
      m_noteEditor(new NoteEditor(*m_view, this)),
      m_level(new LevelPage(document, session, this)),
      m_sight(new Sight(*this)) {
    QPixmapCache::setCacheLimit(qMax(QPixmapCache::cacheLimit(), kCacheKilobytes));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    layout->addWidget(m_level);
    setFocusProxy(m_view);
    m_minimap->raise();
    (new EmptyHint(document, this))->stackUnder(m_minimap);
    (new LitBar(*m_view, this))->raise();
    connect(m_view, &CanvasView::zoomChanged, this, &CanvasWidget::zoomChanged);
    connect(m_view, &CanvasView::fitted, this, &CanvasWidget::placeMinimap);
    connect(m_view, &CanvasView::chartActivated, this, &CanvasWidget::chartActivated);
    connect(m_view, &CanvasView::nodeActivated, this, &CanvasWidget::nodeActivated);
    connect(m_view, &CanvasView::subflowActivated, this, &CanvasWidget::openLevel);
    connect(m_actions, &CanvasActions::subflowRequested, this, &CanvasWidget::openLevel);
    connect(m_level, &LevelPage::opened, this, [this] { showLevel(true); });
    connect(m_level, &LevelPage::closed, this, [this] { showLevel(false); });
    connect(m_level, &LevelPage::told, this, &CanvasWidget::told);
    connect(m_level, &LevelPage::fileRequested, this, [this](const NodeId& subflow, const QString& path) {
        isInside(subflow) ? Q_EMIT fileActivated(path) : Q_EMIT subflowActivated(subflow);
    });
    connect(m_level, &LevelPage::fieldRequested, this,
            [this](const NodeId& subflow) { m_document.selection().reveal(subflow, "file"); });
    connect(&document.selection(), &Selection::revealed, this, &CanvasWidget::followRevealed);
    m_actions->setElsewhere([this](const QAction* action) { return actsOnLevel(action); });
    m_level->addActions(QList<QAction*>(m_actions->all().begin(), m_actions->all().end()));
    connect(m_actions, &CanvasActions::saveRequested, this, &CanvasWidget::saveRequested);
    connect(m_view, &CanvasView::quickAddRequested, m_quickAdd, &QuickAddPopup::openAt);
    connect(m_view, &CanvasView::renameRequested, m_titleEditor, &TitleEditor::edit);
    connect(m_view, &CanvasView::noteEditRequested, m_noteEditor, &NoteEditor::edit);
    connect(m_view, &CanvasView::popoverRequested, m_popover, &WirePopover::openFor);
    connect(m_view, &CanvasView::refused, this,
            [this](const Issue& issue, const std::optional<Wire>& wire, QPoint at) {
                m_refusal->showIssue(issue, wire, m_view->viewport()->mapTo(this, at));
            });
    connect(m_view, &CanvasView::told, this, &CanvasWidget::told);
    connect(m_view, &CanvasView::contextMenuRequested, this, &CanvasWidget::showMenu);
    connect(m_actions, &CanvasActions::helpRequested, this, &CanvasWidget::helpRequested);
    connect(m_actions->minimap, &QAction::toggled, this, [this](bool shown) {
        m_minimap->setVisible(shown);
        placeMinimap();
        uncoverCards();
    });
    connect(m_minimap, &Minimap::left, this, &CanvasWidget::uncoverCards);
    connect(m_view, &CanvasView::viewChanged, this, &CanvasWidget::uncoverCards);
    connect(&m_view->canvas(), &CanvasScene::contentMoved, this, &CanvasWidget::uncoverCards);
}

CanvasWidget::~CanvasWidget() {
    // What ends when ~QWidget() hides the view must not call this any more.
    disconnect(m_view, nullptr, this, nullptr);
    disconnect(&m_view->canvas(), nullptr, this, nullptr);
}

void CanvasWidget::openLevel(const NodeId& subflow) {
    m_level->open({subflow});
}

void CanvasWidget::showLevel(bool shown) {
    const bool focused = isAncestorOf(window()->focusWidget());
    setFocusProxy(shown ? static_cast<QWidget*>(m_level) : m_view);
    m_view->setVisible(!shown);
    m_clock->setHeld(shown || !m_sight->isSeen());
    if (shown) m_level->raise();  // above what lies over the view
    if (focused) setFocus(Qt::OtherFocusReason);
    if (!shown) uncoverCards();
}

// A node inside a subflow is shown where it is, any other one in the pipeline itself.
void CanvasWidget::followRevealed(const NodeId& node) {
    m_level->open(GraphRef::around(node));
    if (m_level->isOpen()) m_level->view().choose(node);
}

bool CanvasWidget::actsOnLevel(const QAction* action) {
    if (!m_level->isOpen()) return false;
    if (action == m_actions->zoomIn) {
        m_level->view().zoomBy(1.25);
    } else if (action == m_actions->zoomOut) {
        m_level->view().zoomBy(0.8);
    } else if (action == m_actions->zoomActual) {
        m_level->view().zoomActual();
    } else if (action == m_actions->fitAll || action == m_actions->fitSelection) {
        m_level->view().fitAll();
    } else if (action == m_actions->openSubflow) {
        m_level->view().activate();
    } else if (action == m_actions->snap || action == m_actions->minimap) {
        return false;
    } else {
        m_level->refuseEdit();
    }
    return true;
}

NodeId CanvasWidget::addBesideSelection(const NodeTemplate& node) {
    if (m_level->isOpen()) {
        m_level->refuseEdit();
        return {};
    }
    const NodeKind* kind = m_document.catalogue().of(node.type, node.params);
    const Point at = m_view->placeForNewNode(kind != nullptr ? kind->group : NodeGroup::Transform);
    std::vector<PortRef> fitting;
    for (const NodeId& id : m_document.selection().nodes()) {
        if (fitting.size() > 1) break;  // several to choose from: it is not known which was meant
        const NodeKind* from = m_document.kindOf(id);
        if (from == nullptr) continue;
        for (const PortSpec& port : from->outputs) {
            if (port.role == PortRole::Rows && m_document.couldFollow(node, {id, port.name}))
                fitting.push_back({id, port.name});
        }
    }
    const NodeId id = fitting.size() == 1 ? m_document.addNodeBehind(node, at, fitting.front())
                                          : m_document.addNode(node, at);
    m_view->revealNew(id);
    return id;
}

NodeId CanvasWidget::addUnder(const NodeTemplate& node, QPoint globalPos) {
    if (m_level->isOpen()) return addBesideSelection(node);
    const QPoint at = m_view->viewport()->mapFromGlobal(globalPos);
    const NodeKind* kind = m_document.catalogue().of(node.type, node.params);
    if (kind == nullptr || !m_view->viewport()->rect().contains(at)) return addBesideSelection(node);
    const NodeId id = m_document.addNode(node, m_view->placeUnder(m_view->mapToScene(at), kind->group));
    m_view->revealNew(id);
    return id;
}

void CanvasWidget::showMenu(const Hit& hit, QPoint globalPos) {
    QMenu menu(this);
    m_actions->fillMenu(menu, hit, m_view->mapToScene(m_view->viewport()->mapFromGlobal(globalPos)));
    menu.exec(globalPos);
}

void CanvasWidget::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeMinimap();
    uncoverCards();
}

QRect CanvasWidget::minimapAt(Qt::Corner corner) const {
    QRect place(QPoint(), m_minimap->size());
    place.moveBottomLeft(rect().adjusted(Minimap::kGap, 0, 0, -Minimap::kGap).bottomLeft());
    if (corner == Qt::BottomRightCorner) place.moveRight(rect().right() - Minimap::kGap);
    return place;
}

// At the left, unless it covers less at the right.
void CanvasWidget::placeMinimap() {
    const QRect left = minimapAt(Qt::BottomLeftCorner), right = minimapAt(Qt::BottomRightCorner);
    const bool wanted = m_actions->minimap->isChecked();
    const bool atRight = wanted && m_view->contentUnder(right) < m_view->contentUnder(left);
    m_minimap->setGeometry(atRight ? right : left);
    m_view->setCovered(wanted ? m_minimap->geometry() : QRect());
}

// It stays where it is as long as it may: it does not run about while one pans.
void CanvasWidget::uncoverCards() {
    if (!m_actions->minimap->isChecked() || m_minimap->isInUse()) return;
    const QRect here = m_minimap->geometry(), left = minimapAt(Qt::BottomLeftCorner);
    const QRect other = here == left ? minimapAt(Qt::BottomRightCorner) : left;
    const bool free = !m_view->hasCardUnder(here), elsewhere = !free && !m_view->hasCardUnder(other);
    if (elsewhere) m_minimap->setGeometry(other);
    m_minimap->setVisible(free || elsewhere);
}

void CanvasWidget::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_view->canvas().setAwake(true);
    m_clock->setHeld(m_level->isOpen() || !m_sight->isSeen());
}

void CanvasWidget::hideEvent(QHideEvent* event) {
    m_view->canvas().setAwake(false);
    m_clock->setHeld(true);
    QWidget::hideEvent(event);
}

void CanvasWidget::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_actions->retranslate();
        m_view->retranslate();
        m_minimap->retranslate();
        m_view->canvas().repaintAll();
        m_clock->retranslate();
    }
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
