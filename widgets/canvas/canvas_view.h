// The window onto the canvas: zoom, pan, dot grid; hands the mouse to tools and the keyboard to the
// navigator.
#pragma once
#include <QGraphicsView>
#include <QTimer>
#include <memory>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/tools/tool.h"

namespace rw::ui {

class KeyboardNavigator;
struct Example;

/// The origin of a quick add: a point, the free end of a wire, or a wire to be split.
struct QuickAddContext {
    std::optional<PortRef> port{};
    bool portIsInput = false;
    std::optional<Wire> wire{};
};

class CanvasView : public QGraphicsView {
    Q_OBJECT
 public:
    static constexpr double kMinZoom = 0.25, kMaxZoom = 4;
    static constexpr double kLeastFit = 0.01;  ///< fitting shows all there is, however small that makes it

    CanvasView(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);
    ~CanvasView() override;

    CanvasScene& canvas() const { return *m_scene; }
    double zoom() const { return m_zoom; }
    /// Zooms to `zoom` (1 = 100 %) so that the point at `at`, in the viewport, stays there.
    void zoomTo(double zoom, QPoint at);
    void zoomBy(double factor) { zoomTo(m_zoom * factor, viewport()->rect().center()); }
    /// A corner of the view that other widgets cover, in its pixels: fitting keeps cards from under it.
    void setCovered(const QRect& corner) { m_covered = corner; }
    /// How much of cards and notes is under that part of the view, which is in its pixels; in those of the
    /// scene.
    double contentUnder(const QRect& part) const;
    /// A card, or a part of one, is under that part of the view.
    bool hasCardUnder(const QRect& part) const;
    void fitAll();
    /// The whole opened pipeline where its titles can be read, else as much of it, from its beginning on, as
    /// is in sight with the names of ports.
    void showOpened();
    void fitSelection();
    void reveal(const NodeId& node);
    void reveal(NoteId note);
    /// Scrolls to these items, of which some may be gone, where none is in sight; the focus stays. Of wires
    /// to their ends.
    void revealAny(const std::vector<ItemRef>& items);
    void panBy(QPoint pixels);
    void setPanning(bool panning);
    bool snapping() const { return m_snapping; }
    void setSnapping(bool snapping) { m_snapping = snapping; }
    QRectF visibleSceneRect() const;
    /// The place for a new card of that group without a place of its own: at the right of the selected ones,
    /// unless it is a source, else in the middle of the visible part. On no other card, and in sight where
    /// there is room.
    Point placeForNewNode(NodeGroup group) const;
    /// The same for one that is wanted there: with its corner, or with its head under the pointer.
    Point placeAt(QPointF corner, NodeGroup group) const;
    Point placeUnder(QPointF pointer, NodeGroup group) const;
    /// For one that a wire leads to from `node`, or from it to `node`: `before`. The wire doesn't turn back.
    Point placeBeside(QPointF corner, NodeGroup group, const NodeId& node, bool before) const;
    /// Puts a new node on a wire and gives its id: between the cards at its ends and in line with their
    /// ports. Where there is too little room, what is downstream goes right in the same step of undo.
    /// `corner`: where it goes if the wire leads back, or others fill the room.
    NodeId insertOnWire(const NodeTemplate& node, const Wire& wire, QPointF corner);
    /// Scrolls to a node that was just added, also when its form takes room from the view now.
    void revealNew(const NodeId& node);

    void showRefusal(const Issue& issue, const std::optional<Wire>& wire, QPoint at);
    void openQuickAdd(QPointF at, const QuickAddContext& context);
    void startRename(const NodeId& node);
    void startNoteEdit(NoteId note);
    /// Draws a wire by keyboard from the port that has the focus, or from the focused wire's end.
    void startConnecting();
    /// Opens the list of nodes where the keyboard focus is: on a wire, at a port, else at a free place.
    void quickAdd();
    /// The item that a screen reader is to announce: the focus, or the port that a wire begun by keyboard would go to.
    CanvasFocus accessibleFocus() const;
    void notifyFocus();  ///< says on the accessibility bus that accessibleFocus() is another
    bool isToolActive() const { return m_tool != nullptr; }
    void cancelTool();
    void retranslate();

 Q_SIGNALS:
    void zoomChanged(double zoom);
    void viewChanged();  ///< another part of the canvas is seen
    /// The view was fitted to something, and asks the widgets over it to get out of the way (setCovered).
    void fitted();
    void refused(const rw::Issue& issue, const std::optional<rw::Wire>& wire, QPoint at);
    void quickAddRequested(QPointF at, const rw::ui::QuickAddContext& context);
    void renameRequested(const rw::NodeId& node);
    void noteEditRequested(rw::ui::NoteId note);
    void popoverRequested(const rw::Wire& wire, bool byKeyboard);
    void chartActivated(const rw::NodeId& node);
    void nodeActivated(const rw::NodeId& node);
    void subflowActivated(const rw::NodeId& node);  ///< to be seen from inside
    void listenRequested(const rw::NodeId& source);  ///< a live one, to have rows before any run
    void litDismissed();                            ///< a person wants all to be shown alike again
    void told(const QString& words);                ///< what was not done, or not whole: for the status bar
    void contextMenuRequested(const rw::ui::Hit& hit, QPoint globalPos);

 protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void paintEvent(QPaintEvent* event) override;

 private:
    PointerEvent pointer(const QMouseEvent& event) const;
    /// The pointer rests there, in the viewport, or elsewhere: the item under it is hovered.
    void setPointer(std::optional<QPoint> at);
    void dropStaleHover();  ///< of an item that is no longer under the pointer
    std::unique_ptr<Tool> toolFor(const QMouseEvent& event, const Hit& hit);
    void setZoom(double zoom);
    void fit(const QRectF& rect);
    double zoomInto(const QRectF& room, const QRectF& rect) const;
    void fitInto(const QRectF& room, const QRectF& rect);
    bool coversContentIn(const QRectF& rect) const;  ///< a card or a comment
    bool isCoveredAtLeft() const { return m_covered.center().x() < width() / 2; }
    void showDropPreview(const QRectF& card, const QString& title);
    void dropExample(const Example& example, QPoint at);
    QRectF droppedCard(QPointF at, NodeGroup group) const;
    QRectF roomForCards() const;
    bool isFree(const QRectF& card) const;
    std::vector<std::pair<ItemRef, Point>> movedRight(const std::vector<NodeId>& nodes, double by) const;
    std::vector<QRectF> takenPlaces() const;
    void setUsesKeys(bool keys);
    void seen();

    PipelineDocument& m_document;
    CanvasScene* m_scene;
    std::unique_ptr<KeyboardNavigator> m_keyboard;
    std::shared_ptr<Tool> m_tool;
    double m_zoom = 1;
    QRect m_covered;
    QTimer m_zoomRest;  ///< runs while one zooms
    bool m_snapping = true;
    std::optional<QPoint> m_pointer{};  ///< over the viewport; nothing: it is elsewhere
    bool m_spaceHeld = false, m_spaceDragged = false;
    bool m_usesKeys = true;  ///< and not the mouse
};

}  // namespace rw::ui
