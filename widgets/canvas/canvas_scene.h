// The items of a pipeline, kept in step with the document, its checks, its selection and its run. The
// document knows no item.
#pragma once
#include <QGraphicsScene>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "widgets/canvas/cards/wire_index.h"
#include "widgets/canvas/items/node_item.h"
#include "widgets/canvas/items/note_item.h"
#include "widgets/canvas/items/overlay_item.h"
#include "widgets/canvas/items/wire_item.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/run_session.h"

namespace rw::ui {

/// A port of a node, by its place in CardModel::ports.
struct PortSpot {
    NodeId node;
    int port = -1;
    bool operator==(const PortSpot&) const = default;
};

/// What somebody points for. While a wire is drawn only cards and ports count, and ports reach farther.
enum class Aim { Any, Port };

/// What lies under the pointer.
struct Hit {
    enum class Kind { None, Node, Port, Wire, Note };
    enum class Part { Body, Title, Thumbnail };
    Kind kind = Kind::None;
    NodeId node{};
    Part part = Part::Body;  ///< of a node
    int port = -1;           ///< of a port: place in CardModel::ports
    std::optional<Wire> wire{};
    double along = 0;  ///< on a wire: distance from its start
    std::size_t note = 0;
    bool operator==(const Hit&) const = default;
};

/// Where the keyboard is: a node, one of its ports, or a wire.
struct CanvasFocus {
    NodeId node{};
    int port = -1;
    std::optional<Wire> wire{};
    bool operator==(const CanvasFocus&) const = default;
};

class CanvasScene : public QGraphicsScene {
    Q_OBJECT
 public:
    CanvasScene(PipelineDocument& document, RunSession& session, QObject* parent = nullptr);
    ~CanvasScene() override;

    PipelineDocument& document() const { return m_document; }
    RunSession& session() const { return m_session; }
    const std::map<NodeId, NodeItem*>& nodes() const { return m_nodes; }
    const std::vector<WireItem*>& wires() const { return m_wires; }
    NodeItem* node(const NodeId& id) const;
    WireItem* wire(const Wire& wire) const;
    OverlayItem& overlay() { return *m_overlay; }
    /// The box around all cards and notes.
    QRectF contentRect() const;
    QRectF rectOf(const std::vector<NodeId>& nodes) const;

    /// The thing that is seen at a point, the topmost of several: see canvas_scene_hits.cpp for the order.
    Hit hitAt(QPointF point, Aim aim = Aim::Any) const;
    PortRef portRef(const PortSpot& spot) const;
    bool isInput(const PortSpot& spot) const;

    /// Shows nodes elsewhere while they are dragged; the document hears of it when the mouse is released.
    void preview(const std::map<NodeId, QPointF>& places);
    void endPreview();
    /// Pixels of the screen for a unit of the scene: the zoom and the size of the text together.
    void setScale(double scale);
    double scale() const { return m_scale; }
    void setVisibleRect(const QRectF& rect) { m_visible = rect; }
    const QRectF& visibleRect() const { return m_visible; }
    void setPanning(bool panning);
    /// While the scale changes with every frame what is kept for repainting would never be used twice.
    void setZooming(bool zooming);

    const Hit& hover() const { return m_hover; }
    void setHover(const Hit& hit);
    const CanvasFocus& focusTarget() const { return m_focus; }
    void setFocusTarget(const CanvasFocus& focus);
    /// Ports that the wire being drawn fits get a ring, the others dim; null: no wire is being drawn.
    using PortLooks = std::map<NodeId, std::vector<PortEmphasis>>;
    void setPortLooks(const PortLooks* looks);
    /// The card or wire that something would be dropped on.
    void setDropTarget(const NodeId& node, const std::optional<Wire>& wire);
    /// Takes away what the overlay shows of something being moved, and the mark of what it would be dropped
    /// on.
    void clearDragged();

    /// The comment that Delete takes away; one of them at most.
    std::optional<std::size_t> selectedNote() const { return m_selectedNote; }
    void selectNote(std::optional<std::size_t> note);

    /// What a run says may be another: looks at the cards and wires in sight. The others are looked at when
    /// they come into sight, and all of them when the run goes into another state.
    void refreshSeen();
    void repaintAll();  ///< colours, fonts or language are others now
    /// How often a card was put together anew since the scene began: an edit in a large pipeline may touch
    /// only the cards that it concerns. For tests.
    quint64 cardsMade() const { return m_cardsMade; }

 Q_SIGNALS:
    void contentMoved();  ///< cards came, went, moved or have another size
    /// These cards are new or show something else.
    void cardsChanged(const std::vector<rw::ui::NodeItem*>& cards);
    void focusTargetChanged();
    void hoverChanged();
    void selectedNoteChanged();

 private:
    using Ids = std::set<NodeId>;
    void onDocument(const DocumentChange& change);
    void rebuild();
    void addNode(const Node& node);
    void addWire(const Wire& wire);
    void removeNodes(const std::vector<NodeId>& nodes);
    void removeWires(const std::vector<Wire>& wires);
    void rebuildNotes();
    CardModel made(const Node& node);
    const WireIndex& wireIndex();
    const std::vector<WireItem*>& wiresAt(const NodeId& node) const;

    // Each of these for everything, for some nodes (and the wires at them), or for one item.
    void refreshCards();
    bool refreshCards(const Ids& nodes);  ///< true: a card has another size or other ports
    void routeWires();
    void routeWires(const Ids& nodes);
    void route(WireItem& item);
    void refreshWires();
    void refreshWires(const Ids& nodes);
    void refreshWire(WireItem& item);
    void refreshLooks();
    Hit wireAt(QPointF point, const QList<QGraphicsItem*>& under, bool onCard) const;
    void refreshLooks(const Ids& nodes);
    void refreshLook(NodeItem& item, bool selected);
    void refreshLook(WireItem& item, bool selected);
    void refreshLook(const NodeId& node, const std::optional<Wire>& wire);
    void followSelection();

    PipelineDocument& m_document;
    RunSession& m_session;
    std::map<NodeId, NodeItem*> m_nodes;
    std::vector<WireItem*> m_wires;
    std::unordered_map<NodeId, std::vector<WireItem*>> m_wiresAt;  ///< at both of a wire's ends
    std::optional<WireIndex> m_wireIndex;
    quint64 m_wireIndexVersion = 0;
    quint64 m_cardsMade = 0;
    Ids m_selectedNodes;                                    ///< as the items show it
    std::set<std::pair<PortRef, PortRef>> m_selectedWires;  ///< the same
    Ids m_previewed;                                        ///< stand where they are being dragged to
    std::vector<NoteItem*> m_notes;
    std::optional<std::size_t> m_selectedNote;
    OverlayItem* m_overlay;
    double m_scale = 1;
    QRectF m_visible;
    Hit m_hover;
    CanvasFocus m_focus;
    const PortLooks* m_portLooks = nullptr;
    NodeId m_dropNode;
    std::optional<Wire> m_dropWire;
};

}  // namespace rw::ui
