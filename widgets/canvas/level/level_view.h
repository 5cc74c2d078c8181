// The nodes of a level in a view that nobody edits. It follows the run that is shown while it is visible.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "widgets/background/ticker.h"
#include "widgets/canvas/graph_view.h"
#include "widgets/canvas/items/node_item.h"
#include "widgets/canvas/items/wire_item.h"
#include "widgets/canvas/level/level_graph.h"

namespace rw::ui {

class LevelView final : public GraphView {
    Q_OBJECT
 public:
    /// Document and session must outlive the view.
    LevelView(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);
    ~LevelView() override;

    /// The node that is chosen stays so, if it is there.
    void setGraph(LevelGraph graph);
    const LevelGraph& graph() const { return m_graph; }
    void fitAll();
    void zoomActual();
    /// By its path, as everywhere here; one that is not there: none.
    void choose(const NodeId& node);
    void activate();                  ///< shows the chosen subflow from inside
    const LevelNode* chosen() const;  ///< null: none. Valid until the next graph.
    const std::map<NodeId, NodeItem*>& cards() const { return m_cards; }
    const std::vector<WireItem*>& wires() const { return m_wires; }

 Q_SIGNALS:
    void chosenChanged();
    void liveChanged();  ///< the figures of the run were shown anew
    void subflowActivated(const rw::NodeId& node);
    void upRequested();
    void editRefused();  ///< a person tried to change something

 protected:
    void showScale(double scale) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    CardModel made(const LevelNode& node, const CardFacts& facts) const;
    NodeItem* cardUnder(QPoint at) const;
    void rebuild();
    void followRun();
    void tick();
    void refreshLive();
    void refreshCard(const LevelNode& node, NodeItem& card);
    void refreshPicture(NodeItem& card);
    void refreshWire(WireItem& item);
    void walk(Qt::Key key);
    void describeChosen();

    PipelineDocument& m_document;
    RunSession& m_session;
    LevelGraph m_graph{};
    std::map<NodeId, std::size_t> m_nodes{};  ///< their places in m_graph
    std::map<NodeId, const NodeKind*> m_kinds{};
    Pipeline m_wired{};  ///< the wires of m_graph, to which m_wireIndex points
    std::optional<WireIndex> m_wireIndex{};
    std::map<NodeId, NodeItem*> m_cards{};
    std::vector<WireItem*> m_wires{};
    NodeId m_chosen{};
    Ticker m_ticker;
    int m_ticks = 0;
    double m_phase = 0;
    bool m_pressedOnCard = false, m_refused = false;
};

}  // namespace rw::ui
