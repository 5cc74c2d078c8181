// The tour of the window: its steps, and where its parts are.
#include "app/bottom_panel.h"
#include "app/main_window.h"
#include "app/menus.h"
#include "app/pages.h"
#include "app/pipeline_page.h"
#include "app/running/main_tool_bar.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/palette/palette.h"
#include "widgets/welcome/tour.h"

namespace rw::ui {

QWidget* MainWindow::makeTour() {
    const auto welcome = [this]() -> QWidget* { return m_start->isWelcome() ? m_start : nullptr; };
    m_tour = new Tour(
        {{welcome,
          {},
          [] { return tr("Begin here"); },
          [] {
              return tr(
                  "Open the demo, an example or a CSV file, or begin with an empty pipeline. The tour "
                  "goes on where it is then shown.");
          }},
         {[this] { return m_palette; },
          {},
          [] { return tr("Nodes"); },
          [] {
              return tr(
                  "Drag a node from this list onto the canvas: sources read rows, transforms and windows "
                  "compute, sinks write or draw.");
          }},
         {[this] { return m_canvas; },
          {},
          [] { return tr("Canvas"); },
          [] {
              return tr(
                  "Drag a wire from the right edge of a card to the left edge of another. Select a card "
                  "to see its settings at the right.");
          }},
         {[this] { return m_mainToolBar->runButton(); },
          {},
          [] { return tr("Run"); },
          [] {
              return tr(
                  "This button runs the pipeline, and pauses it while it runs. Rows, rates and "
                  "watermarks are then shown on the canvas.");
          }},
         {[this] { return m_bottom; },
          {},
          [] { return tr("Data and problems"); },
          [] {
              return tr(
                  "Data has the rows of the selected node or wire. Problems lists what has to be "
                  "corrected before a run, and what a run waits for.");
          }},
         {[this] { return m_pages->head(); },
          {},
          [] { return tr("Charts and results"); },
          [] {
              return tr(
                  "Chart nodes draw on their cards. Dashboard shows all charts of the pipeline together, "
                  "Results the tables that it has written.");
          }},
         {[this] { return m_menus; }, [this] { return m_menus->placeOf(MainMenu::Help); },
          [] { return tr("Help"); },
          [] {
              return tr(
                  "The help has a page for each node, and first steps to read. This tour can be started "
                  "again in this menu.");
          }}},
        this);
    connect(m_tour, &Tour::told, this, &MainWindow::hear);
    connect(m_menus->tour, &QAction::triggered, this, &MainWindow::startTour);
    // The panels around the page come and go after it.
    connect(m_start, &PipelinePage::welcomeShown, m_tour, &Tour::look, Qt::QueuedConnection);
    return m_tour;
}

void MainWindow::startTour() {
    m_tour->start();
}

}  // namespace rw::ui
