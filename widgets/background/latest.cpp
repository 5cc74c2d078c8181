#include "widgets/background/latest.h"

namespace rw::ui {

Latest::Question::Question(MainThreadReceiver home)
    : m_home(std::move(home)), m_state(std::make_shared<State>()) {}

// Questions are dropped on the thread of the owner, as this is: what holds here holds while it acts.
void Latest::Question::tell(std::function<void()> act) const {
    m_home.send([state = m_state, act = std::move(act)] {
        if (!state->dropped) act();
    });
}

std::function<void()> Latest::Question::answer(std::function<void()> take) const {
    return [state = m_state, take = std::move(take)] {
        if (state->dropped) return;
        state->answered = true;
        take();
    };
}

Latest::Latest(QObject* owner) : m_owner(owner), m_home(owner) {}

Latest::Question Latest::renew() {
    drop();
    Question question(m_home);
    m_newest = question.m_state;
    return question;
}

void Latest::drop() {
    if (m_newest) m_newest->dropped = true;
    m_newest.reset();
}

bool Latest::isWaiting() const {
    return m_newest && !m_newest->answered;
}

}  // namespace rw::ui
