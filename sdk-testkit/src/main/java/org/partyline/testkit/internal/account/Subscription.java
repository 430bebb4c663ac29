package org.partyline.testkit.internal.account;

/**
 * How an account and a contact stand to each other (RFC 6121 section 3 and appendix A).
 *
 * @param to whether the account sees the contact's presence
 * @param from whether the contact sees the account's presence
 * @param pendingOut whether the account's request is unanswered
 * @param pendingIn whether the contact's request is unanswered
 * @param approved whether the contact's request is granted beforehand (RFC 6121 section 3.4)
 */
public record Subscription(boolean to, boolean from, boolean pendingOut, boolean pendingIn, boolean approved) {
    public static final Subscription NONE = new Subscription(false, false, false, false, false);

    /** {@return the value of the roster item's attribute} */
    public String attribute() {
        if (to) {
            return from ? "both" : "to";
        }
        return from ? "from" : "none";
    }

    public Subscription withTo(boolean value) {
        return new Subscription(value, from, pendingOut, pendingIn, approved);
    }

    public Subscription withFrom(boolean value) {
        return new Subscription(to, value, pendingOut, pendingIn, approved);
    }

    public Subscription withPendingOut(boolean value) {
        return new Subscription(to, from, value, pendingIn, approved);
    }

    public Subscription withPendingIn(boolean value) {
        return new Subscription(to, from, pendingOut, value, approved);
    }

    public Subscription withApproved(boolean value) {
        return new Subscription(to, from, pendingOut, pendingIn, value);
    }
}
