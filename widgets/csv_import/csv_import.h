// Makes source nodes of files, with the columns that the file has: for all files that a source declares to
// read.
#pragma once
#include <QList>
#include <QObject>
#include <QPoint>
#include <QPointer>
#include <optional>

#include "widgets/csv_import/import_choices.h"
#include "widgets/document/pipeline_document.h"

class QAction;
class QWidget;

namespace rw::ui {

class ActionRegistry;
class ImportDialog;

class CsvImport : public QObject {
    Q_OBJECT
 public:
    /// The document must outlive it.
    CsvImport(PipelineDocument& document, const CsvParams& writing, QWidget* window);

    void addActions(ActionRegistry& registry);
    void retranslate();
    void prompt();  ///< asks which file
    /// A file of any of endings(). Of CSV a dialog shows the first rows and asks how they are to be read;
    /// its choices make the node. When another document replaces this one meanwhile, nothing is
    /// added.
    void add(const QString& path);
    /// The same of files that were dropped, one after the other; each becomes a node under the pointer, or
    /// near it where others are.
    void addDropped(const QStringList& paths, QPoint globalPos);
    QStringList endings() const;  ///< of the files that become nodes, “.csv”

 Q_SIGNALS:
    /// The source is ready: to be added under the pointer, or, of a file that was not dropped, beside the
    /// selection.
    void addRequested(const rw::ui::NodeTemplate& node, const std::optional<QPoint>& globalPos);
    void added();
    void failed(const rw::Status& status, const QString& what);  ///< to be shown

 private:
    /// A file that waits for its turn, and where its node is wanted.
    struct Wanted {
        QString path{};
        std::optional<QPoint> globalPos{};
    };
    void next();
    void ask(const Wanted& file, const NodeTemplate& node, const NodeKind& kind);
    void takeUnasked(const Wanted& file, const NodeTemplate& node);
    void takeColumns(const Wanted& file, const NodeTemplate& node, const NodeKind& kind);
    void place(const Wanted& file, const NodeTemplate& node);
    void fail(const Status& status, const QString& title);

    PipelineDocument& m_document;
    const CsvParams m_writing;
    QWidget* m_window;
    QAction* m_import;
    quint64 m_documents = 0;  ///< how many there were before this one
    QList<Wanted> m_waiting{};
    bool m_busy = false;  ///< with a file that was in the list
    bool m_takesAll = false;
    QPointer<ImportDialog> m_dialog{};
};

}  // namespace rw::ui
