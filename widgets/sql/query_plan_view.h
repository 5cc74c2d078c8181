// How SQLite answered a statement, step by step, with advice where a table was read again and again.
#pragma once
#include <QWidget>

#include "core/query/query_plan.h"

class QLabel;
class QTreeWidget;

namespace rw::ui {

class ElidedLabel;
class HintBox;

class QueryPlanView : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 300;

    explicit QueryPlanView(QWidget* parent = nullptr);

    void set(const QueryPlan& plan);
    void retranslate();

 private:
    void showSteps();
    void showWork();
    void showAdvice();

    QueryPlan m_plan{};
    QLabel* m_title;
    ElidedLabel* m_work;
    QTreeWidget* m_steps;
    HintBox* m_advice;
};

}  // namespace rw::ui
