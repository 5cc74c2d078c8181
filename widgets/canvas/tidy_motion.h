// Cards on their way to the places that an arrangement gives them. The document has the new places at once,
// as one step; only the items move, for a moment, so that one can follow where a card went. A key, a button
// of the mouse, an edit, an undo or a run that begins ends it: nobody waits for it.
#pragma once
#include <QVariantAnimation>
#include <vector>

#include "widgets/canvas/arrange.h"
#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

class TidyMotion : public QObject {
    Q_OBJECT
 public:
    static constexpr int kDuration = 200;           ///< ms
    static constexpr std::size_t kMostCards = 400;  ///< more are there at once

    /// Owned by the view.
    explicit TidyMotion(CanvasView& view);

    /// Moves the nodes in the document and fits the view to all, then lets the cards follow; at once where
    /// motion is not wanted or not seen.
    void arrange(const NewPlaces& places);
    bool isRunning() const { return m_clock.state() == QAbstractAnimation::Running; }
    /// Every card is at its place. Nothing where none is on its way.
    void finish();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    struct Way {
        NodeId node;
        QPointF from, to;
    };
    void show(double part);

    CanvasView& m_view;
    QVariantAnimation m_clock;
    std::vector<Way> m_ways;
};

}  // namespace rw::ui
