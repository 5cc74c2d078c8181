// What Run and Stop of the tool bar do while the run that is shown is not of the embedded engine.
#pragma once

class QWidget;

namespace rw::ui {

class RunElsewhere {
 public:
    RunElsewhere() = default;
    RunElsewhere(const RunElsewhere&) = delete;
    RunElsewhere& operator=(const RunElsewhere&) = delete;
    virtual ~RunElsewhere() = default;

    /// In place of a start: takes the document there, with the questions that this needs.
    virtual void deploy() = 0;
    /// In place of a stop, for there are several ways: offers them under that button.
    virtual void offerEnd(const QWidget& button) = 0;
};

}  // namespace rw::ui
