// Moves the canvas while a run goes on: dots at 20 Hz, pictures at 4 Hz, rates and trends at 2 Hz, all only
// where they are visible. It never rebuilds a card.
#pragma once
#include <QObject>

#include "widgets/background/ticker.h"
#include "widgets/canvas/canvas_scene.h"

namespace rw::ui {

class FlowClock : public QObject {
    Q_OBJECT
 public:
    explicit FlowClock(CanvasScene& scene);
    /// Nothing moves while the canvas is hidden; shown, it catches up.
    void setHeld(bool held);
    /// How often a card was given other rates than it had. For tests, which count.
    quint64 updates() const { return m_updates; }
    /// Updates the cards' texts on the run to the present language.
    void retranslate() { follow(); }

 private:
    void tick();
    void follow();
    void refreshSome();
    void refreshRates();
    void refreshPictures();
    void showWhatCameLate();
    void attachPicture(NodeItem& card);
    void attachPictures();
    void take(const std::vector<NodeItem*>& cards);
    CardLive liveOf(const NodeItem& item) const;
    void refreshRate(NodeItem& card);
    void refreshPicture(NodeItem& card);
    bool seen(const QGraphicsItem& item) const;

    CanvasScene& m_scene;
    Ticker m_ticker;
    int m_ticks = 0;
    double m_phase = 0;
    bool m_held = true;  ///< until the canvas is shown
    quint64 m_updates = 0;
};

}  // namespace rw::ui
