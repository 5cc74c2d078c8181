// The rows of a sample with the value of an expression for each: the number, what it reads, the value.
#pragma once
#include <QWidget>
#include <memory>
#include <vector>

#include "core/look/expression_values.h"

namespace rw::ui {

class ValueRows : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kRows = 6, kHeight = 22;

    explicit ValueRows(QWidget* parent = nullptr);

    void set(std::shared_ptr<const ExpressionValues> values);
    /// Of a row as it is shown, “4: amount n/a → not a number”.
    QStringList lines() const;

    QSize sizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

 private:
    struct Line {
        QString number, read, value, reason;  ///< a reason stands in place of the value
        bool null = false, current = false;
    };
    int height() const;

    std::vector<Line> m_lines{};
};

}  // namespace rw::ui
