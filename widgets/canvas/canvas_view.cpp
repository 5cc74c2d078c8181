#include "widgets/canvas/canvas_view.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QEvent>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "widgets/canvas/accessible_canvas.h"
#include "widgets/canvas/ground.h"
#include "widgets/canvas/keyboard_navigator.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kWorld = 50'000;  // half the side of the scene
constexpr double kFitMargin = 32;  // pixels around the fitted items
constexpr double kLeastOpened = 0.5;  // below it the titles of cards can't be read
constexpr int kZoomRest = 150;     // ms without a step: the zoom has come to rest

/// Holds the next flush of a window back while this lives. A flush within a flush takes away the image that the
/// outer one paints on, where Qt scales the window.
class HeldFlush : public QObject {
 public:
    explicit HeldFlush(QWidget& window) : m_window(window) { window.installEventFilter(this); }
    ~HeldFlush() override {
        if (m_asked) QCoreApplication::postEvent(&m_window, new QEvent(QEvent::UpdateRequest));
    }
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() != QEvent::UpdateRequest) return false;
        return m_asked = true;
    }

 private:
    QWidget& m_window;
    bool m_asked = false;
};

}  // namespace

CanvasView::CanvasView(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QGraphicsView(parent), m_document(document), m_scene(new CanvasScene(document, session, this)) {
    installAccessibleCanvas();  // before anybody asks for this view: the first answer is kept
    setScene(m_scene);
    m_scene->setSceneRect(-kWorld, -kWorld, 2 * kWorld, 2 * kWorld);
    m_keyboard = std::make_unique<KeyboardNavigator>(*this);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAcceptDrops(true);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setViewportUpdateMode(MinimalViewportUpdate);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    retranslate();
    // An item that a tool holds may be gone, by an undo for instance. A tool's own last act is not concerned:
    // the view has let go of it by then.
    const auto letGo = [this] {
        cancelTool();
        m_keyboard->leaveModes();
    };
    connect(&document, &PipelineDocument::changed, this, [this, letGo](const DocumentChange& change) {
        using Kind = DocumentChange::Kind;
        const bool reset = change.kind == Kind::Reset;
        if (reset || change.kind == Kind::NodesRemoved || change.kind == Kind::WiresRemoved ||
            change.kind == Kind::NotesRemoved) {
            letGo();
        }
        if (reset) showOpened();
    });
    connect(m_scene, &CanvasScene::portsChanged, this, letGo);
    connect(m_scene, &CanvasScene::contentMoved, this, &CanvasView::dropStaleHover);
    connect(m_scene, &CanvasScene::focusTargetChanged, this, &CanvasView::notifyFocus);
    connect(&document.selection(), &Selection::revealed, this, [this](const NodeId& node) { reveal(node); });
    // It may have been chosen in a list, or be that of a chart.
    connect(m_scene, &CanvasScene::askedAbout, this,
            [this](const NodeId& node) { revealAny({ItemRef{node}}); });
    connect(&Theme::of(), &Theme::changed, this, [this] {
        setZoom(m_zoom);
        viewport()->update();
    });
    m_zoomRest.setSingleShot(true);
    m_zoomRest.setInterval(kZoomRest);
    connect(&m_zoomRest, &QTimer::timeout, m_scene, [this] { m_scene->setZooming(false); });
    setZoom(1);
    centerOn(0, 0);
}

CanvasFocus CanvasView::accessibleFocus() const {
    const std::optional<PortSpot> candidate = m_keyboard->candidate();
    return candidate ? CanvasFocus{candidate->node, candidate->port} : m_scene->focusTarget();
}

void CanvasView::notifyFocus() {
    if (!hasFocus() || !QAccessible::isActive()) return;
    QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(this);
    QAccessibleInterface* focused = canvas->focusChild();
    QAccessibleEvent event(focused != nullptr ? focused : canvas, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void CanvasView::retranslate() {
    setAccessibleName(tr("Canvas"));
}

CanvasView::~CanvasView() {
    m_document.disconnect(this);
    m_document.selection().disconnect(this);
    m_tool.reset();
}

// The text zoom enlarges the whole canvas: cards keep their measures in scene units.
void CanvasView::setZoom(double zoom) {
    m_zoom = std::clamp(zoom, kLeastFit, kMaxZoom);
    const double scale = m_zoom * Theme::of().settings().textZoomPercent / 100;
    setTransform(QTransform::fromScale(scale, scale));
    m_scene->setScale(scale);
    seen();
    Q_EMIT zoomChanged(m_zoom);
}

void CanvasView::zoomTo(double zoom, QPoint at) {
    const QPointF before = mapToScene(at);
    if (!m_zoomRest.isActive()) m_scene->setZooming(true);
    m_zoomRest.start();
    setZoom(std::max(zoom, std::min(kMinZoom, m_zoom)));  // from a smaller fit one only comes nearer
    const QPointF moved = transform().map(before) - transform().map(mapToScene(at));
    panBy(-moved.toPoint());
}

void CanvasView::fit(const QRectF& rect) {
    if (rect.isEmpty()) {
        setZoom(1);
        centerOn(viewport()->width() / 2.0, viewport()->height() / 2.0);
        Q_EMIT fitted();
        return;
    }
    const QRectF whole =
        QRectF(viewport()->rect()).adjusted(kFitMargin, kFitMargin, -kFitMargin, -kFitMargin);
    fitInto(whole, rect);
    Q_EMIT fitted();
    if (coversContentIn(rect)) {
        QRectF beside = whole, above = whole;
        if (isCoveredAtLeft()) {
            beside.setLeft(m_covered.right() + kFitMargin);
        } else {
            beside.setRight(m_covered.left() - kFitMargin);
        }
        above.setBottom(m_covered.top() - kFitMargin);
        fitInto(zoomInto(beside, rect) > zoomInto(above, rect) ? beside : above, rect);
    }
    seen();
}

double CanvasView::zoomInto(const QRectF& room, const QRectF& rect) const {
    const double fitting =
        std::min(std::max(1.0, room.width()) / rect.width(), std::max(1.0, room.height()) / rect.height());
    return std::min(1.0, fitting * 100 / Theme::of().settings().textZoomPercent);
}

void CanvasView::fitInto(const QRectF& room, const QRectF& rect) {
    setZoom(zoomInto(room, rect));
    centerOn(rect.center());
    panBy((room.center() - QRectF(viewport()->rect()).center()).toPoint());
}

bool CanvasView::coversContentIn(const QRectF& rect) const {
    if (m_covered.isEmpty()) return false;
    const QList<QGraphicsItem*> under = items(m_covered);
    return std::any_of(under.begin(), under.end(), [&](const QGraphicsItem* item) {
        const auto* node = dynamic_cast<const NodeItem*>(item);
        const auto* note = dynamic_cast<const NoteItem*>(item);
        return (node != nullptr && rect.intersects(node->cardRect())) ||
               (note != nullptr && rect.intersects(note->frame()));
    });
}

double CanvasView::contentUnder(const QRect& part) const {
    const QRectF seen = mapToScene(part).boundingRect();
    double area = 0;
    const auto add = [&seen, &area](const QRectF& rect) {
        const QRectF under = seen & rect;
        area += under.width() * under.height();
    };
    for (const auto& [id, item] : m_scene->nodes()) add(item->cardRect());
    for (const NoteItem* note : m_scene->notes()) add(note->frame());
    return area;
}

bool CanvasView::hasCardUnder(const QRect& part) const {
    const QRectF seen = mapToScene(part).boundingRect();
    return std::any_of(m_scene->nodes().begin(), m_scene->nodes().end(),
                       [&seen](const auto& node) { return node.second->cardRect().intersects(seen); });
}

void CanvasView::fitAll() {
    m_scene->catchUp();
    fit(m_scene->contentRect());
}

void CanvasView::showOpened() {
    const QRectF all = m_scene->contentRect();
    fit(all);
    if (m_zoom >= kLeastOpened || m_scene->nodes().empty()) return;
    // Parts are out of sight anyway, so that the others are shown with the names of their ports.
    setZoom(kFullDetailFrom);
    const auto isLeft = [](const auto& a, const auto& b) {
        return a.second->cardRect().left() < b.second->cardRect().left();
    };
    const auto first = std::min_element(m_scene->nodes().begin(), m_scene->nodes().end(), isLeft);
    const double margin = kFitMargin / transform().m11();
    const QRectF around = all.adjusted(-margin, -margin, margin, margin);
    const QSizeF seen = visibleSceneRect().size();
    double top = first->second->cardRect().center().y() - seen.height() / 2;
    top = std::clamp(top, around.top(), std::max(around.top(), around.bottom() - seen.height()));
    if (around.height() < seen.height()) top = around.center().y() - seen.height() / 2;
    centerOn(QRectF(QPointF(around.left(), top), seen).center());
    Q_EMIT fitted();
    if (isCoveredAtLeft() && coversContentIn(all)) panBy({m_covered.right(), 0});
}

void CanvasView::fitSelection() {
    m_scene->catchUp();
    const QRectF rect = m_scene->rectOf(m_document.selection().nodes());
    fit(rect.isEmpty() ? m_scene->contentRect() : rect);
}

void CanvasView::reveal(const NodeId& node) {
    m_scene->catchUp();
    const NodeItem* item = m_scene->node(node);
    if (item == nullptr) return;
    m_scene->setFocusTarget({.item = node});
    ensureVisible(item->cardRect(), 24, 24);
}

// Of one that is larger than the window its head.
void CanvasView::reveal(NoteId note) {
    m_scene->catchUp();
    const NoteItem* item = m_scene->note(note);
    if (item == nullptr) return;
    m_scene->setFocusTarget({.item = note});
    const QRectF frame = item->frame();
    ensureVisible(frame, 24, 24);
    ensureVisible({frame.topLeft(), QSizeF(std::min(frame.width(), 240.0), NoteItem::kHead)}, 24, 24);
}

void CanvasView::panBy(QPoint pixels) {
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - pixels.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - pixels.y());
}

void CanvasView::setPanning(bool panning) {
    viewport()->setCursor(panning ? Qt::ClosedHandCursor : Qt::ArrowCursor);
    m_scene->setPanning(panning);
}

QRectF CanvasView::visibleSceneRect() const {
    return mapToScene(viewport()->rect()).boundingRect();
}

void CanvasView::seen() {
    m_scene->setVisibleRect(visibleSceneRect());
    dropStaleHover();
    Q_EMIT viewChanged();
}

void CanvasView::scrollContentsBy(int dx, int dy) {
    QGraphicsView::scrollContentsBy(dx, dy);
    seen();
}

// Items that are smaller now leave their old area to the scene, which clears it in its posted calls. When a
// part of the view is painted before that, QGraphicsView takes the new places of the items in it for the
// painted ones, and the rest of the old ones would stay as ghosts.
void CanvasView::paintEvent(QPaintEvent* event) {
    {
        const HeldFlush held(*window());
        QCoreApplication::sendPostedEvents(m_scene, QEvent::MetaCall);
    }
    QGraphicsView::paintEvent(event);
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    seen();
}

void CanvasView::drawBackground(QPainter* painter, const QRectF& rect) {
    paintGround(*painter, rect, transform().m11());
}

void CanvasView::showRefusal(const Issue& issue, const std::optional<Wire>& wire, QPoint at) {
    Q_EMIT refused(issue, wire, at);
}

void CanvasView::openQuickAdd(QPointF at, const QuickAddContext& context) {
    Q_EMIT quickAddRequested(at, context);
}

void CanvasView::startRename(const NodeId& node) {
    Q_EMIT renameRequested(node);
}

void CanvasView::startNoteEdit(NoteId note) {
    Q_EMIT noteEditRequested(note);
}

void CanvasView::startConnecting() {
    m_keyboard->startConnecting();
}

void CanvasView::quickAdd() {
    m_keyboard->quickAdd();
}

void CanvasView::cancelTool() {
    if (!m_tool) return;
    const std::shared_ptr<Tool> tool = std::move(m_tool);
    tool->cancel();
    setPointer(m_pointer);
}

}  // namespace rw::ui
