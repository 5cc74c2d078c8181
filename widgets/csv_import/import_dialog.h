// Before a CSV file becomes a source: its first rows, the type of each column in a box, the column of event
// time, and how the file is written, beginning with guesses; and the rows that will not be read.
#pragma once
#include <QDialog>
#include <QString>
#include <functional>

#include "core/pipeline/node_kind.h"
#include "widgets/background/latest.h"
#include "widgets/csv_import/import_choices.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace rw::ui {

class HintBox;
class ImportHeader;
class ImportRows;

class ImportDialog : public QDialog {
    Q_OBJECT
 public:
    struct File {
        QString path{};              ///< absolute
        CsvFormat format{};          ///< as far as it is known
        bool guessDelimiter = true;  ///< else it is known
        int others = 0;              ///< files that wait for their turn
    };
    /// Begins to look at the file, on a thread of its own: the user chose it, wherever it is. `kind` is
    /// that of the source, `writing` writes its parameters. Closing ends the look.
    ImportDialog(const File& file, const NodeKind& kind, const CsvParams& writing, QWidget* parent);
    ~ImportDialog() override;

    /// The parameters of the source as chosen, once there is something to import.
    Json params() const;
    /// The others are to be imported as they are guessed, without a question.
    bool takesAll() const { return m_takesAll; }

 private:
    QWidget* makeChoices(const NodeKind& kind);
    QWidget* makeFoot();
    void look(bool guess);
    void showLook(const Result<CsvPreview>& preview);
    void showFormat(const CsvFormat& format);
    void readAgain();
    void refresh();  ///< after another choice
    void refreshTimes();
    void refreshHints();
    void hintAtText();
    void followTextHint(int action);
    void hintAtMisfits();
    void hintAtRejected();
    void hintAtDisorder();
    CsvFormat chosenFormat() const;

    const File m_file;
    const CsvParams m_writing;
    ImportChoices m_choices;
    Latest m_looking{this};
    bool m_takesAll = false;
    std::vector<std::size_t> m_offeredTypes{};  ///< the columns of the links below the note on texts
    bool m_takesNumbers = false;                ///< the look under way is for their sake
    QComboBox *m_delimiter, *m_quote, *m_decimal, *m_eventTime, *m_onError;
    QCheckBox* m_header;
    QTableView* m_table;
    ImportRows* m_rows;
    ImportHeader* m_head;
    HintBox *m_text, *m_misfits, *m_rejected, *m_disorder;
    QLabel* m_looked;
    QPushButton *m_importAll, *m_import;
};

/// The choices that the dialog would make of the file without a question; with the guess of its delimiter
/// unless that is known. For a worker thread. `cancelled`: asked there; null: never.
Result<CsvPreview> lookAtCsv(const std::string& path, CsvFormat format, bool guessDelimiter,
                             std::function<bool()> cancelled = nullptr);

}  // namespace rw::ui
