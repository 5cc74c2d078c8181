// Gathers the items of the search of everything, and opens it.
#pragma once
#include <QObject>

#include "widgets/document/editing/node_template.h"
#include "widgets/locator/locator_list.h"

class QAction;
class QMainWindow;

namespace rw::ui {

class FileActions;
class HelpWiring;
class LocatorPopup;
class Menus;
class PipelineDocument;

class LocatorWiring : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    LocatorWiring(PipelineDocument& document, Menus& menus, FileActions& files, HelpWiring& help,
                  QMainWindow* window);

    void open(const QWidget& anchor);
    /// Everything, in the language of the interface.
    std::vector<LocatorItem> items();

 Q_SIGNALS:
    void nodeRequested(const rw::NodeId& node);
    void addRequested(const rw::ui::NodeTemplate& node);

 private:
    void addNodes(std::vector<LocatorItem>& items);
    void addColumns(std::vector<LocatorItem>& items);
    void addActions(std::vector<LocatorItem>& items);
    void addAction(std::vector<LocatorItem>& items, QAction* action, const QString& where);
    void addSettings(std::vector<LocatorItem>& items);
    void addTemplates(std::vector<LocatorItem>& items);
    void addPages(std::vector<LocatorItem>& items);

    PipelineDocument& m_document;
    Menus& m_menus;
    FileActions& m_files;
    HelpWiring& m_help;
    QMainWindow* m_window;
    LocatorPopup* m_popup;
};

}  // namespace rw::ui
