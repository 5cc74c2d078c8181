// Makes source nodes of files, with the columns that the file has: for all files that a source declares to read.
#pragma once
#include <QList>
#include <QObject>
#include <QPoint>
#include <QPointer>
#include <optional>

#include "widgets/document/pipeline_document.h"

class QWidget;

namespace rw::ui {

class CanvasWidget;
class FileActions;
class ImportDialog;

class CsvImport : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    CsvImport(PipelineDocument& document, CanvasWidget& canvas, FileActions& files, QWidget* window);

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
    void addRequested();  ///< a node is about to be added: show the canvas
    void added();

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
    CanvasWidget& m_canvas;
    FileActions& m_files;
    QWidget* m_window;
    quint64 m_documents = 0;  ///< how many there were before this one
    QList<Wanted> m_waiting{};
    bool m_busy = false;  ///< with a file that was in the list
    bool m_takesAll = false;
    QPointer<ImportDialog> m_dialog{};
};

}  // namespace rw::ui
