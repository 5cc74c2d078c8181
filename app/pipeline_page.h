// The Pipeline page: the canvas, and before there is a pipeline the welcome page instead; above them the
// offer to recover the copy of a crashed session, and the news that another program wrote the file.
#pragma once
#include "widgets/document/autosave.h"
#include "widgets/document/recent_files.h"
#include "widgets/pane/pane.h"

class QStackedWidget;

namespace rw::ui {

class CanvasWidget;
class CsvImport;
class FileActions;
class RecoveryBar;
class WelcomePage;
struct WindowParts;

class PipelinePage final : public Pane {
    Q_OBJECT
 public:
    explicit PipelinePage(const WindowParts& parts);

    QString title() const override;
    /// Of the canvas: snap, align, arrange, fit, minimap.
    QWidget* tools() const override { return m_tools; }

    bool isWelcome() const;
    void showCanvas();  ///< instead of the welcome page
    void openCanvas();  ///< the page, and on it the canvas
    /// Opens the page with the welcome page; only while the document is empty and unsaved.
    void openWelcome();

 Q_SIGNALS:
    void welcomeShown(bool shown);
    /// Of a chart that was opened from the canvas: the late and rejected rows of a node; empty: of all.
    void lostRowsRequested(const rw::NodeId& node);
    void told(const QString& words);  ///< by a bar that has come up

 protected:
    bool actsNow() const override;

 private:
    void makeTools();
    void connectCanvas(const PaneParts& parts);
    void connectWelcome();
    void connectRecovery();
    void onDocument();

    PipelineDocument& m_document;
    FileActions& m_files;
    CsvImport& m_csv;
    CanvasWidget& m_canvas;
    WelcomePage* m_welcome;
    RecoveryBar* m_recovery;
    QStackedWidget* m_pages;
    QWidget* m_tools;
};

}  // namespace rw::ui
