// The commands of the canvas, as actions: for menus, tool buttons and the search of everything. Their
// shortcuts work while the canvas has the focus.
#pragma once
#include <QAction>
#include <QObject>
#include <functional>
#include <optional>
#include <vector>

#include "widgets/canvas/canvas_view.h"

class QMenu;

namespace rw::ui {

class TidyMotion;

class CanvasActions : public QObject {
    Q_OBJECT
 public:
    explicit CanvasActions(CanvasView& view);

    QAction *cut, *copy, *paste, *duplicate, *remove, *removeAndReconnect, *selectAll;
    QAction *rename, *disable, *collapse, *frame, *unframe, *group, *openSubflow;
    QAction *connectPort, *quickAdd, *addComment;
    QAction *zoomIn, *zoomOut, *zoomActual, *fitAll, *fitSelection;
    QAction *snap, *minimap;  ///< with a check mark
    QAction *alignLeft, *alignCentresAcross, *alignRight, *alignTop, *alignCentresDown, *alignBottom;
    QAction *distributeAcross, *distributeDown, *arrange;
    QAction* align;  ///< a menu of those that align and distribute

    const std::vector<QAction*>& all() const { return m_all; }
    /// Fills a context menu for the item that was hit. On the empty canvas what it adds comes to `at`, in the
    /// scene, as long as the menu is there; nothing: to a free place.
    void fillMenu(QMenu& menu, const Hit& hit, std::optional<QPointF> at = std::nullopt);
    void retranslate();
    /// Entries of other rooms in the menu of a node, which they own; asked each time it opens.
    void setMoreOfNode(std::function<std::vector<QAction*>(const NodeId&)> more) { m_more = std::move(more); }
    /// Asked before each action: true, and it was done, or refused, where the canvas shows something else.
    void setElsewhere(std::function<bool(const QAction*)> elsewhere) { m_elsewhere = std::move(elsewhere); }
    // The view moves to what was changed where none of that is in sight.
    void undo() { take(&QUndoStack::undo); }
    void redo() { take(&QUndoStack::redo); }

 Q_SIGNALS:
    void helpRequested(const QString& nodeType);
    void subflowRequested(const rw::NodeId& node);  ///< to be seen from inside
    void saveRequested();                           ///< the pipeline needs a file before what is asked for

 private:
    QAction* add(const QString& icon, const QKeySequence& keys, std::function<void()> act);
    void createEditing();
    void createViewActions();
    void createArranging();
    void refreshEnabled();
    void take(void (QUndoStack::*step)());
    void groupSelected();
    bool askToSave();
    void addBreakpoint(QMenu& menu, const PortRef& output);
    void addReset(QMenu& menu, const NodeId& node);
    void addClose(QMenu& menu, const NodeId& node);
    void addColors(QMenu& menu, NoteId note);
    void setNoteColors(NoteId note, NoteColor color);
    std::vector<NodeId> selected() const;
    /// Where the menu of the empty canvas was opened, or else a free place for a card of that group.
    Point placeForNew(NodeGroup group) const;
    /// The selected comment, or the topmost one around all that is selected.
    std::optional<NoteId> frameOfSelected() const;

    std::function<bool(const QAction*)> m_elsewhere{};
    std::function<std::vector<QAction*>(const NodeId&)> m_more{};
    CanvasView& m_view;
    PipelineDocument& m_document;
    TidyMotion* m_motion;
    std::optional<QPointF> m_menuAt{};  ///< while a context menu of the empty canvas is open
    std::vector<QAction*> m_all;
};

}  // namespace rw::ui
