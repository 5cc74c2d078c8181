// The canvas by keyboard alone: arrows follow the graph, P walks a node's ports, W its wires, N the
// comments, C connects.
#pragma once
#include <QKeyEvent>
#include <QObject>
#include <memory>

#include "widgets/canvas/tools/fit_finder.h"

namespace rw::ui {

class CanvasView;

class KeyboardNavigator : public QObject {
    Q_OBJECT
 public:
    explicit KeyboardNavigator(CanvasView& view);

    /// False: not a key of the canvas.
    bool handle(const QKeyEvent& event);
    /// Space, on release: selects or deselects the item with the focus, or opens a wire's popover.
    void toggle();
    void startConnecting();
    /// A list of nodes to add: on the focused wire, at the focused port, else at a free place.
    void quickAdd();
    /// While connecting: the port that Enter would take.
    std::optional<PortSpot> candidate() const;
    /// In a mode of its own, which Esc ends.
    bool isChoosing() const { return m_finder != nullptr || m_choosingEnd; }
    /// The mouse was used: any mode begun by keyboard ends.
    void leaveModes();

 private:
    bool handleConnecting(const QKeyEvent& event);
    bool handleArrow(const QKeyEvent& event, QPoint direction);
    bool handleLetter(const QKeyEvent& event);
    void moveSelection(QPoint direction, double distance);
    void sizeNotes(QPoint direction);
    void follow(QPoint direction);
    void walkPorts(int step);
    void walkWires(int step);
    void walkNotes(int step);
    void activate();
    void chooseWireEnd(bool start);
    void begin(WireDraft draft);
    void takeCandidates();
    void refuseConnecting();
    void showCandidate();
    void focus(const NodeId& node);
    NodeId current() const;

    CanvasView& m_view;
    CanvasScene& m_scene;
    std::unique_ptr<FitFinder> m_finder;  ///< while connecting
    std::vector<PortSpot> m_candidates;
    std::size_t m_candidate = 0;
    bool m_choosingEnd = false;  ///< Enter on a wire: ← moves its start, → its end
};

}  // namespace rw::ui
