// The canvas as the main window sees it: the view with its minimap, popups, actions and context menus.
#pragma once
#include <QWidget>

#include "widgets/canvas/canvas_actions.h"
#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

class FlowClock;
class HoverStrip;
class LevelPage;
class Minimap;
class NoteEditor;
class QuickAddPopup;
class RefusalBubble;
class Sight;
class TitleEditor;
class WirePopover;

class CanvasWidget : public QWidget {
    Q_OBJECT
 public:
    /// Document and session must outlive the canvas.
    CanvasWidget(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);
    ~CanvasWidget() override;

    CanvasView& view() const { return *m_view; }
    CanvasActions& actions() const { return *m_actions; }
    /// Where a subflow is seen from inside, in place of the view.
    LevelPage& level() const { return *m_level; }
    /// Adds a node to the right of the selection and wires it if exactly one port fits; gives its id.
    NodeId addBesideSelection(const NodeTemplate& node);
    /// Adds a node under the pointer, or beside the selection where that is not over the canvas.
    NodeId addUnder(const NodeTemplate& node, QPoint globalPos);

 Q_SIGNALS:
    void zoomChanged(double zoom);                  ///< 1 is 100 %
    void chartActivated(const rw::NodeId& node);    ///< show it large
    void nodeActivated(const rw::NodeId& node);     ///< show its settings
    void subflowActivated(const rw::NodeId& node);  ///< open its file
    void fileActivated(const QString& path);        ///< the same of a subflow in another one
    void helpRequested(const QString& nodeType);
    void told(const QString& words);  ///< as of its view
    void saveRequested();             ///< as of its actions

 protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void showMenu(const Hit& hit, QPoint globalPos);
    QRect minimapAt(Qt::Corner corner) const;
    void placeMinimap();
    void openLevel(const NodeId& subflow);
    void showLevel(bool shown);
    void followRevealed(const NodeId& node);
    bool actsOnLevel(const QAction* action);
    void uncoverCards();  ///< the minimap makes room, or comes back

    PipelineDocument& m_document;
    CanvasView* m_view;
    CanvasActions* m_actions;
    FlowClock* m_clock;
    Minimap* m_minimap;
    QuickAddPopup* m_quickAdd;
    RefusalBubble* m_refusal;
    HoverStrip* m_strip;
    WirePopover* m_popover;
    TitleEditor* m_titleEditor;
    NoteEditor* m_noteEditor;
    LevelPage* m_level;
    const Sight* m_sight;
};

}  // namespace rw::ui
