// The dialog of “Versions…”: the local history of the pipeline, and what differs from it.
#pragma once
#include <QDialog>
#include <algorithm>
#include <optional>
#include <vector>

#include "core/history/version_history.h"
#include "core/pipeline/differences.h"
#include "widgets/background/latest.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace rw::ui {

class PipelineDocument;

/// Reads the history in the background. Taking a version back is one undo step and makes the pipeline run as
/// that version does; places and looks stay.
class VersionsDialog : public QDialog {
    Q_OBJECT
 public:
    /// The document must outlive it, and have a file.
    VersionsDialog(PipelineDocument& document, QWidget* parent);

    bool isBusy() const { return m_reading.isWaiting() || m_changing.isWaiting(); }
    void refresh();  ///< reads the history again

 protected:
    void changeEvent(QEvent* event) override;

 private:
    struct Entry {
        SavedVersion version{};
        std::optional<Pipeline> pipeline{};  ///< none: it can't be read
        std::size_t changes = 0;             ///< since the version before
    };
    struct History {
        std::vector<Entry> entries{};
        Status status{};
    };
    static History historyOf(const std::string& file);

    void build();
    void refreshWords();
    void showVersions();
    void showDifferences();
    const Entry* chosen() const;
    void takeBack();
    void rename();

    PipelineDocument& m_document;
    const std::string m_file;
    History m_history{};
    Latest m_reading{this}, m_changing{this};
    QLabel *m_versionsHead, *m_differencesHead, *m_state;
    QTableWidget *m_versions, *m_differences;
    QPushButton *m_rename, *m_takeBack, *m_close;
};

}  // namespace rw::ui
