#include "app/help_wiring.h"

#include <QMainWindow>

#include "app/about_box.h"
#include "app/menus.h"
#include "app/shortcut_list.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/help/help_window.h"
#include "widgets/inspector/inspector.h"

namespace rw::ui {

namespace {

constexpr char kFirstPage[] = "first_steps";

}  // namespace

HelpWiring::HelpWiring(PipelineDocument& document, Menus& menus, CanvasWidget& canvas, Inspector& inspector,
                       QMainWindow* window)
    : QObject(window), m_document(document), m_window(window) {
    connect(&inspector, &Inspector::helpRequested, this, &HelpWiring::showNode);
    connect(&canvas, &CanvasWidget::helpRequested, this, &HelpWiring::showNode);
    connect(menus.helpPages, &QAction::triggered, this, [this] {
        const Node* node = m_document.selection().single();
        node != nullptr ? showNode(QString::fromStdString(node->type)) : showPage(QLatin1String(kFirstPage));
    });
    connect(menus.shortcuts, &QAction::triggered, this, [this, &menus] {
        auto* list = new ShortcutList(shortcutsOf(menus.registry(), *m_window), m_window);
        list->setAttribute(Qt::WA_DeleteOnClose);
        list->show();
    });
    connect(menus.about, &QAction::triggered, this, [this] {
        auto* box = new AboutBox(m_window);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->show();
    });
}

HelpWindow& HelpWiring::help() {
    if (m_help == nullptr) m_help = new HelpWindow(m_document.catalogue(), m_window);
    return *m_help;
}

void HelpWiring::showPage(const QString& page) {
    help().showPage(page);
}

void HelpWiring::showNode(const QString& nodeType) {
    help().showNode(nodeType);
}

}  // namespace rw::ui
