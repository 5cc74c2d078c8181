// The columns that an expression may name, under its field: a click puts the name where the cursor is.
#pragma once
#include <QWidget>

#include "core/data/schema.h"

class QTreeWidget;

namespace rw::ui {

class InputColumns : public QWidget {
    Q_OBJECT
 public:
    explicit InputColumns(QWidget* parent = nullptr);
    void setColumns(const Schema& columns);

 Q_SIGNALS:
    void chosen(const QString& name);  ///< as SQL spells it

 private:
    Schema m_columns;
    QTreeWidget* m_list;
};

}  // namespace rw::ui
