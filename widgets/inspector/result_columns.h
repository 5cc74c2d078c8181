// The columns that a node's rows will have, as chips under its settings.
#pragma once
#include <QWidget>

#include "core/pipeline/node_kind.h"

namespace rw::ui {

class FlowLayout;

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

}  // namespace rw::ui
