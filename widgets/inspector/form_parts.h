// The parts of a form besides its fields.
#pragma once
#include <QWidget>

#include "core/data/schema.h"
#include "core/pipeline/join_sides.h"
#include "core/pipeline/node_kind.h"

class QLabel;
class QTreeWidget;

namespace rw::ui {

class FlowLayout;

/// A line without a field, for a fact that follows from the graph rather than from a parameter.
class FormFact : public QWidget {
    Q_OBJECT
 public:
    FormFact(const QString& label, const QString& icon, QWidget* parent = nullptr);
    /// `code`, in the code font, may be empty.
    void set(const QString& code, const QString& words);
    void setLabelWidth(int width);

 private:
    QLabel *m_label, *m_code, *m_words;
};

/// The columns that a node's rows will have, as chips under its settings.
class ResultColumns : public QWidget {
    Q_OBJECT
 public:
    explicit ResultColumns(QWidget* parent = nullptr);
    /// Null: not known yet; the row goes.
    void setStream(const StreamType* stream);

 private:
    Schema m_columns;
    FlowLayout* m_chips;
};

/// The columns that an expression may name, under its field: a click puts the name where the cursor is.
class InputColumns : public QWidget {
    Q_OBJECT
 public:
    explicit InputColumns(QWidget* parent = nullptr);
    void setColumns(const Schema& columns);
    void setSides(const JoinSides& sides);

 Q_SIGNALS:
    void chosen(const QString& name);  ///< as SQL spells it

 private:
    struct Shown {
        QString name, type, spelled;
        bool operator==(const Shown&) const = default;
    };
    void list(std::vector<Shown> columns);
    std::vector<Shown> m_columns;
    QTreeWidget* m_list;
};

}  // namespace rw::ui
