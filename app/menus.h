// The menu bar, made from the registry of actions, with the file's name and state in its corner. Holds the
// actions that belong to no room.
#pragma once
#include <QAction>
#include <QMenuBar>
#include <map>

#include "widgets/pane/action_registry.h"

class QLabel;

namespace rw::ui {

class CanvasActions;
class ChangeActions;
class PipelineDocument;
class MainToolBar;
struct Panes;

class Menus : public QMenuBar {
    Q_OBJECT
 public:
    /// Adds its own actions and those of the others to `registry`. All must outlive it.
    Menus(ActionRegistry& registry, PipelineDocument& document, CanvasActions& canvas, MainToolBar& run,
          ChangeActions& changes, const Panes& panes, QWidget* parent = nullptr);

    /// Shows the actions of the registry. Called once, when all have been added.
    void build();
    const ActionRegistry& registry() const { return m_registry; }

    QAction *sidePanels, *bottomPanels, *outline, *fullScreen, *preferences, *theme, *language;
    QAction *search, *searchPalette, *welcome, *tour, *about, *nextRegion, *previousRegion;
    /// Of the title of a menu, in the bar.
    QRect placeOf(MainMenu menu) const;
    void retranslate();

 protected:
    void resizeEvent(QResizeEvent* event) override;

 private:
    void makeActions();
    void addActions(MainToolBar& run, const Panes& panes);
    void addCanvasActions();
    void addPanes(const Panes& panes);
    void refreshFile();
    void refreshUndo();
    void nameTheme();  ///< by the one it changes to

    PipelineDocument& m_document;
    CanvasActions& m_canvas;
    ChangeActions& m_changes;
    ActionRegistry& m_registry;
    std::map<MainMenu, QMenu*> m_menus{};
    QMenu* m_panes;
    QAction *m_undo, *m_redo;
    QLabel *m_name, *m_saved;
};

}  // namespace rw::ui
