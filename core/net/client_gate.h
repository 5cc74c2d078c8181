// Who may end what a thread asks of servers: its HTTP clients stand here, other threads knock.
#pragma once
#include <mutex>
#include <vector>

#include "core/net/http_client.h"

namespace rw {

/// Any thread may call, but allow() and resume() are for the thread whose clients these are.
class ClientGate {
 public:
    /// A client that is here as long as this lives.
    class Entry {
     public:
        Entry(ClientGate& gate, HttpClient& client);
        ~Entry();
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;

     private:
        ClientGate& m_gate;
        HttpClient& m_client;
    };

    /// Whether interrupt() does anything: not while a request is under way that must not be lost, such as one
    /// that starts a job. At first it does.
    void allow(bool interruptions);
    /// Ends what is asked, and all that is asked until resume().
    void interrupt();
    void resume();
    /// As interrupt(), but always, and for good; what resumes its client itself has to be ended again.
    void force();

 private:
    void cancelAll();

    std::mutex m_mutex{};
    std::vector<HttpClient*> m_clients{};
    bool m_allowed = true, m_interrupted = false, m_forced = false;
};

}  // namespace rw
