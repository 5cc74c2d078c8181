// The items of a pipeline, kept in step with the document, its checks, its selection and its run. The
// document knows no item. A change touches the items that it concerns and no others:
//   canvas_scene_sync.cpp     items that come, go and move with the document
//   canvas_scene_refresh.cpp  the texts and looks of cards and wires
//   canvas_scene_hits.cpp     the item under the pointer
//   canvas_scene_lit.cpp      the way of an answer, shown alone
#pragma once
#include <QGraphicsScene>
#include <QPointer>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "widgets/canvas/cards/wire_index.h"
#include "widgets/canvas/items/node_item.h"
#include "widgets/canvas/items/note_item.h"
#include "widgets/canvas/items/overlay_item.h"
#include "widgets/canvas/items/wire_item.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/pane/lit_path.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

class SampleFigures;

/// A port of a node, by its place in CardModel::ports.
struct PortSpot {
    NodeId node;
    int port = -1;
    bool operator==(const PortSpot&) const = default;
};

/// The targets that a pointer may hit. While a wire is drawn only cards and ports count, and ports reach farther.
enum class Aim { Any, Port };

/// The item under the pointer.
struct Hit {
    enum class Part { Body, Title, Thumbnail, Corner, Listen };
    ItemRef item{};  ///< nothing: the empty canvas
    int port = -1;   ///< on a port of the node: its place in CardModel::ports
    Part part = Part::Body;
    double along = 0;  ///< on a wire: distance from its start
    bool operator==(const Hit&) const = default;
};

/// Where the keyboard is: a node, one of its ports, a wire, or a comment.
struct CanvasFocus {
    ItemRef item{};
    int port = -1;  ///< of the node
    NodeId from{};  ///< on a wire: the node whose wires are walked
    /// The node that it is at, if it is at one; the wires that are walked count.
    NodeId node() const { return item.node() != nullptr ? *item.node() : from; }
    bool operator==(const CanvasFocus&) const = default;
};

class CanvasScene : public QGraphicsScene {
    Q_OBJECT
 public:
    CanvasScene(PipelineDocument& document, RunSession& session, QObject* parent = nullptr);
    ~CanvasScene() override;

    PipelineDocument& document() const { return m_document; }
    RunSession& session() const { return m_session; }
    /// Of a sample, which cards and wires show while nothing runs; null, as at the beginning: there is none.
    void setSample(SampleFigures* sample);
    const SampleFigures* sample() const;
    /// The way of an answer: the rest is faint, and the cards on it say what they did to its rows. An empty
    /// one: all is shown alike.
    void setLit(const rw::ui::LitPath& path);
    const LitPath& lit() const { return m_lit; }
    const std::map<NodeId, NodeItem*>& nodes() const { return m_nodes; }
    const std::vector<WireItem*>& wires() const { return m_wires; }
    /// In the order in which they are painted.
    const std::vector<NoteItem*>& notes() const { return m_notes; }
    NodeItem* node(const NodeId& id) const;
    WireItem* wire(const ItemRef& wire) const;
    WireItem* wire(const Wire& wire) const { return this->wire(ItemRef(wire)); }
    NoteItem* note(NoteId id) const;
    /// The wires at a node, at whichever end.
    const std::vector<WireItem*>& wiresAt(const NodeId& node) const;
    OverlayItem& overlay() { return *m_overlay; }
    /// The box around all cards and notes.
    QRectF contentRect() const;
    QRectF rectOf(const std::vector<NodeId>& nodes) const;

    /// The thing that is seen at a point, the topmost of several: see canvas_scene_hits.cpp for the order.
    Hit hitAt(QPointF point, Aim aim = Aim::Any) const;
    PortRef portRef(const PortSpot& spot) const;
    bool isInput(const PortSpot& spot) const;

    /// Shows nodes and comments elsewhere while they are dragged; the document hears of it when the mouse is
    /// released.
    void preview(const std::vector<std::pair<ItemRef, QPointF>>& places);
    void previewSize(NoteId note, QSizeF size);
    void endPreview();
    /// Pixels of the screen for a unit of the scene: the zoom and the size of the text together.
    void setScale(double scale);
    double scale() const { return m_scale; }
    void setVisibleRect(const QRectF& rect) { m_visible = rect; }
    const QRectF& visibleRect() const { return m_visible; }
    /// The cards and wires in sight, found by the scene's index.
    struct Seen {
        std::vector<NodeItem*> cards{};
        std::vector<WireItem*> wires{};
    };
    Seen seen() const;
    void setPanning(bool panning);
    /// While the scale changes with every frame, cards are shown by pictures of about that scale.
    void setZooming(bool zooming);

    const Hit& hover() const { return m_hover; }
    void setHover(const Hit& hit);
    const CanvasFocus& focusTarget() const { return m_focus; }
    void setFocusTarget(const CanvasFocus& focus);
    /// Whether the focus target is marked: where keys are used, and nobody else has them.
    void setFocusMarked(bool marked);
    /// Ports that the wire being drawn fits get a ring, the others dim; null: no wire is being drawn.
    using PortLooks = std::map<NodeId, std::vector<PortEmphasis>>;
    void setPortLooks(const PortLooks* looks);
    /// The card or wire that something would be dropped on; nothing: none.
    void setDropTarget(const ItemRef& target);
    /// Removes the overlay of an item being moved, and the mark of the item that it would be dropped
    /// on.
    void clearDragged();

    /// Asleep, it is not visible, and follows nothing but the opening of another document until it wakes up.
    void setAwake(bool awake);
    /// Call this first to use items of a scene that may be asleep.
    void catchUp();
    /// The run's metrics may have changed: updates the cards and wires in sight. The others are updated when
    /// they come into sight, and all of them when the run goes into another state.
    void refreshSeen();
    void repaintAll();  ///< colours, fonts or language are others now
    // For tests, which count: an edit in a large pipeline may touch only the cards that it concerns.
    quint64 cardsCreated() const { return m_cardsCreated; }  ///< how often one was put together
    quint64 itemsRemoved() const { return m_itemsRemoved; }  ///< nodes, wires and comments, one by one

 Q_SIGNALS:
    void contentMoved();  ///< cards came, went, moved or have another size
    /// These cards are new or show something else.
    void cardsChanged(const std::vector<rw::ui::NodeItem*>& cards);
    void portsChanged();  ///< a card has others: the numbers of its ports have changed their meaning
    void focusTargetChanged();
    void hoverChanged();
    void sampleChanged();
    void litChanged();
    /// The way of an answer about another node is shown.
    void askedAbout(const rw::NodeId& node);

 protected:
    /// The tooltip of a card also has how its node stands at this moment.
    void helpEvent(QGraphicsSceneHelpEvent* event) override;

 private:
    using Ids = std::set<NodeId>;
    void onDocument(const DocumentChange& change);
    void onValidated(const std::vector<NodeId>& nodes);
    void onVerdicts(const std::vector<NodeId>& nodes);
    void rebuild();
    void clearItems();
    void matchNodes(Ids& touched);
    void matchWires();
    void matchNotes();
    void addNode(const Node& node);
    void addNodes(const std::vector<ItemRef>& nodes);
    void addWire(const Wire& wire);
    void addNote(NoteId id);
    void removeNodes(const std::vector<ItemRef>& nodes);
    void removeWires(const std::vector<ItemRef>& wires);
    void removeNotes(const std::vector<ItemRef>& notes);
    void changeNotes(const std::vector<ItemRef>& notes);
    void orderNotes();
    void releaseItem(const ItemRef& item);
    CardModel made(const Node& node, const CardFacts& facts);
    CardFacts factsOf(const NodeId& node);
    const WireIndex& wireIndex();
    void place(const ItemRef& item);

    // Each of these for everything, for some nodes (and the wires at them), or for one item.
    void refreshCards();
    bool refreshCards(const Ids& nodes);  ///< true: a card has another size or other ports
    /// Puts those cards together of which the run says something else than they do.
    void refreshFacts();
    void refreshFacts(const std::vector<NodeItem*>& cards);
    void refreshAlerts();
    /// Cards that the line at their foot would make grow over another one have it within themselves.
    void fitFeet();
    void fitFeet(const std::vector<NodeItem*>& cards);
    // In canvas_scene_lit.cpp.
    void showPath(CardModel& card) const;
    std::optional<std::uint64_t> rowsTraced(const ItemRef& wire) const;
    void refreshFaint(NodeItem& item);
    void refreshFaint(WireItem& item);
    void routeWires();
    void routeWires(const Ids& nodes);
    void route(WireItem& item);
    void refreshWires();
    void refreshWires(const Ids& nodes);
    void refreshWire(WireItem& item);
    void refreshLooks();
    void refreshLook(const ItemRef& item);
    void refreshLook(NodeItem& item);
    void refreshLook(WireItem& item);
    void refreshLook(NoteItem& item);
    void followSelection();
    Hit wireAt(QPointF point, const QList<QGraphicsItem*>& under, bool onCard) const;

    PipelineDocument& m_document;
    RunSession& m_session;
    QPointer<SampleFigures> m_sample{};
    LitPath m_lit{};
    std::unordered_map<ItemRef, std::uint64_t> m_litWires;  ///< of m_lit
    std::map<NodeId, NodeItem*> m_nodes;
    std::vector<WireItem*> m_wires;
    std::unordered_multimap<ItemRef, WireItem*> m_wireOf;          ///< a file may name a wire twice
    std::unordered_map<NodeId, std::vector<WireItem*>> m_wiresAt;  ///< at both of a wire's ends
    std::vector<NoteItem*> m_notes;
    std::unordered_map<NoteId, NoteItem*> m_noteOf;
    std::optional<WireIndex> m_wireIndex;
    quint64 m_wireIndexOf = 0;  ///< PipelineDocument::structure()
    quint64 m_cardsCreated = 0, m_itemsRemoved = 0;
    std::vector<ItemRef> m_selected;          ///< as the items show it
    std::unordered_set<ItemRef> m_previewed;  ///< stand where they are being dragged to
    bool m_awake = true;
    bool m_behind = false;  ///< the document has changed while it was asleep
    Ids m_putOff;           ///< cards to look at then
    OverlayItem* m_overlay;
    double m_scale = 1;
    QRectF m_visible;
    Hit m_hover;
    CanvasFocus m_focus;
    bool m_focusMarked = true;
    const PortLooks* m_portLooks = nullptr;
    ItemRef m_dropTarget;
};

}  // namespace rw::ui
