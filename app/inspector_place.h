// The place of the inspector: docked at the right of a wide window. In a narrow one it would leave the canvas
// no room, so that it is over it, while one node is selected.
#pragma once
#include <QFrame>
#include <QTimer>

class QDockWidget;
class QMainWindow;

namespace rw::ui {

class CanvasWidget;
class Inspector;
class PipelineDocument;

class InspectorPlace : public QFrame {
    Q_OBJECT
 public:
    static constexpr int kWideFrom = 1280;  ///< the least width of a wide window, times the size of the text
    static constexpr int kWidth = 336, kLeast = 288, kMost = 480;  ///< of the inspector, the same

    struct Parts {
        QMainWindow* window;
        QDockWidget* dock;
        Inspector* inspector;
        CanvasWidget* canvas;
        QWidget* pages;   ///< the pages under it
        QWidget* centre;  ///< the pages, and the widgets that it may cover where the pages are too low for a form
    };
    InspectorPlace(const Parts& parts, PipelineDocument& document);

    bool isOver() const { return m_over; }
    /// The side panels of the page in front are shown.
    void setShown(bool shown);

 Q_SIGNALS:
    void moved();  ///< isOver() is another

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void fit();
    void dock();
    void lieOver();
    void onSelection();
    void openNow();
    void openForPipeline();
    void shut();
    void place();
    void uncover();

    const Parts m_parts;
    PipelineDocument& m_document;
    bool m_over = false;
    bool m_shown = true;
    bool m_open = false;  ///< the person has not closed it since a node was selected, or it was asked for
    QTimer m_soon;        ///< until it opens
};

}  // namespace rw::ui
