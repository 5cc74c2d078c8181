#include "app/help_wiring.h"

#include <QMainWindow>
#include <algorithm>

#include "app/about_box.h"
#include "app/menus.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/help/help_window.h"
#include "widgets/inspector/inspector.h"
#include "widgets/pane/pane.h"

namespace rw::ui {

namespace {

constexpr char kFirstPage[] = "first_steps";

}  // namespace

HelpWiring::HelpWiring(PipelineDocument& document, Menus& menus, CanvasWidget& canvas, Inspector& inspector,
                       const std::vector<Pane*>& pages, QMainWindow* window)
    : QObject(window), m_document(document), m_window(window) {
    connect(&inspector, &Inspector::helpRequested, this, &HelpWiring::showNode);
    connect(&canvas, &CanvasWidget::helpRequested, this, &HelpWiring::showNode);
    connect(menus.helpPages, &QAction::triggered, this,
            [this, &inspector, &pages] { showHere(inspector, pages); });
    connect(menus.about, &QAction::triggered, this, [this] {
        auto* box = new AboutBox(m_window);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->show();
    });
}

void HelpWiring::showHere(const Inspector& inspector, const std::vector<Pane*>& pages) {
    const auto front =
        std::find_if(pages.begin(), pages.end(), [](const Pane* page) { return page->isOn(); });
    // The inspector, which shows the selection, may stand beside any page.
    const bool ofPage = front != pages.end() && (*front)->facts().help != nullptr &&
                        !inspector.isAncestorOf(m_window->focusWidget());
    if (ofPage) return showPage(QLatin1String((*front)->facts().help));
    const Node* node = m_document.selection().single();
    node != nullptr ? showNode(QString::fromStdString(node->type)) : showPage(QLatin1String(kFirstPage));
}

HelpWindow& HelpWiring::help() {
    if (m_help == nullptr) m_help = new HelpWindow(m_document.catalogue(), m_window);
    return *m_help;
}

void HelpWiring::showPage(const QString& page) {
    help().showPage(page);
}

void HelpWiring::showPage(const QString& page, QWidget& over) {
    if (&over == m_window) return showPage(page);
    auto* own = over.findChild<HelpWindow*>(QString(), Qt::FindDirectChildrenOnly);
    if (own == nullptr) own = new HelpWindow(m_document.catalogue(), &over);
    own->showPage(page);
}

void HelpWiring::showNode(const QString& nodeType) {
    help().showNode(nodeType);
}

}  // namespace rw::ui
