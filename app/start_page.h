// The Pipeline tab: the canvas, and before there is a pipeline the welcome page instead; above them the offer
// to recover what a crash left.
#pragma once
#include <QWidget>

#include "widgets/document/autosave.h"
#include "widgets/document/recent_files.h"

class QStackedWidget;

namespace rw::ui {

class CanvasWidget;
class CsvImport;
class FileActions;
class RecoveryBar;
class WelcomePage;

class StartPage : public QWidget {
    Q_OBJECT
 public:
    /// All must outlive the page; the canvas becomes its child.
    StartPage(PipelineDocument& document, RecentFiles& recent, FileActions& files, CsvImport& csv,
              CanvasWidget* canvas, QWidget* parent = nullptr);

    bool isWelcome() const;
    void showCanvas();
    /// Only while the document is empty and unsaved.
    void showWelcome();

 Q_SIGNALS:
    void welcomeShown(bool shown);

 private:
    void connectWelcome();
    void onDocument();

    PipelineDocument& m_document;
    FileActions& m_files;
    CsvImport& m_csv;
    CanvasWidget* m_canvas;
    WelcomePage* m_welcome;
    RecoveryBar* m_recovery;
    QStackedWidget* m_pages;
};

}  // namespace rw::ui
