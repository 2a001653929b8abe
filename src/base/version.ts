/** The version of Ladon, as in `package.json`. */
export const LADON_VERSION = '0.1.0';
