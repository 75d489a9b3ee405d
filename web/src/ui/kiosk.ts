import { ref } from 'vue'

/** Whether the page shows itself on a wall: the map and its windows without bar and news. */
export const kiosk = ref(new URLSearchParams(location.hash.slice(1)).has('k'))
