// The edits that an answer offers, a button each: its tooltip says all that it changes.
#pragma once
#include <QWidget>
#include <vector>

#include "core/lineage/lineage.h"

namespace rw::ui {

class FlowLayout;

class MendBar : public QWidget {
    Q_OBJECT
 public:
    explicit MendBar(QWidget* parent = nullptr);

    /// Shows these in place of those before; without any it is hidden.
    void offer(const std::vector<LineageMend>& mends);

 Q_SIGNALS:
    void chosen(const rw::LineageMend& mend);

 private:
    void add(const LineageMend& mend);

    FlowLayout* m_row;
};

}  // namespace rw::ui
