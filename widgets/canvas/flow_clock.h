// Moves the canvas while a run goes on: dots at 20 Hz, pictures at 4 Hz, rates and trends at 2 Hz, all only
// where they are seen.
#pragma once
#include <QObject>
#include <QTimer>

#include "widgets/canvas/canvas_scene.h"

namespace rw::ui {

class FlowClock : public QObject {
    Q_OBJECT
 public:
    explicit FlowClock(CanvasScene& scene);
    /// Nothing moves while the canvas is hidden.
    void setHeld(bool held);
    /// Says what cards show of the run in the language of now.
    void retranslate() { follow(); }

 private:
    void tick();
    void follow();
    void refreshRates();
    void refreshPictures();
    void attachPicture(NodeItem& card);
    void attachPictures();
    void take(const std::vector<NodeItem*>& cards);
    CardLive liveOf(const NodeItem& item) const;
    bool seen(const QGraphicsItem& item) const;

    CanvasScene& m_scene;
    QTimer m_timer;
    int m_ticks = 0;
    double m_phase = 0;
    bool m_held = true;  ///< until the canvas is shown
};

}  // namespace rw::ui
