// Which ports of the canvas a wire that is being drawn may end at. Checking takes a while in large pipelines,
// so it goes on in small pieces, nearest ports first.
#pragma once
#include <QObject>
#include <QTimer>
#include <optional>
#include <vector>

#include "widgets/canvas/canvas_scene.h"

namespace rw::ui {

/// The end of a wire that stays where it is, and the wire whose other end is being moved, if one is.
struct WireDraft {
    PortSpot fixed;
    bool fixedIsInput = false;
    std::optional<Wire> moved{};
    bool freeOnly = false;  ///< leaves out ends where another wire would give way, and the same wire again
};

class FitFinder : public QObject {
    Q_OBJECT
 public:
    FitFinder(CanvasScene& scene, WireDraft draft, QPointF near);
    ~FitFinder() override;

    const WireDraft& draft() const { return m_draft; }
    Wire wireTo(const PortSpot& spot) const;
    /// Why the wire can't end there; nothing when it can. Checks at once if it has not yet.
    std::optional<Issue> refusal(const PortSpot& spot);
    /// The first port of the node that fits and is free; else the first that fits, where another wire gives
    /// way; else the first that does not; nothing if it has none on that side.
    std::optional<PortSpot> bestPort(const NodeId& node);
    /// Shows the wire on the overlay, up to `end`, in the scene.
    void showWire(QPointF end, bool refused, bool snapped) const;
    /// Those that were found to fit so far, from left to right and top to bottom.
    std::vector<PortSpot> fitting() const;
    bool isDone() const { return m_open.empty(); }  ///< all were checked
    /// Goes on at once, for at most so long.
    void workFor(int millis);

 Q_SIGNALS:
    void progressed();  ///< more were checked

 private:
    void work();
    void check(const PortSpot& spot);
    bool isFree(const PortSpot& spot) const;
    void mark(const PortSpot& spot, PortEmphasis emphasis);

    CanvasScene& m_scene;
    WireDraft m_draft;
    std::vector<PortSpot> m_open;  ///< not checked yet; the next one at the back
    std::vector<PortSpot> m_fitting;
    CanvasScene::PortLooks m_looks;
    QTimer m_timer;
};

}  // namespace rw::ui
