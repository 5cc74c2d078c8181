// Everything in the Help menu, and the places that ask for help: F1, the inspector, the canvas.
#pragma once
#include <QObject>
#include <vector>

class QMainWindow;

namespace rw::ui {

class CanvasWidget;
class HelpWindow;
class Inspector;
class Menus;
class Pane;
class PipelineDocument;

class HelpWiring : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    HelpWiring(PipelineDocument& document, Menus& menus, CanvasWidget& canvas, Inspector& inspector,
               const std::vector<Pane*>& pages, QMainWindow* window);

    void showPage(const QString& page);  ///< as helpPages() names it
    /// Before a dialog, which takes the keyboard from all windows but its own.
    void showPage(const QString& page, QWidget& over);

 private:
    void showNode(const QString& nodeType);
    /// Of the page in front, or else of the selection.
    void showHere(const Inspector& inspector, const std::vector<Pane*>& pages);
    HelpWindow& help();  ///< made when it is first asked for

    PipelineDocument& m_document;
    QMainWindow* m_window;
    HelpWindow* m_help = nullptr;
};

}  // namespace rw::ui
